// Identities of this cluster's trust domain that arrived although nobody here had them any more, or ever.
MATCH (own:Cluster {key: $cluster})
MATCH (client:Identity {cluster: $cluster})
WHERE client.name ENDS WITH '.serviceaccount.identity.' + own.controlPlaneNamespace + '.' + own.trustDomain
OPTIONAL MATCH (client)<-[has:HAS_IDENTITY]-()
WITH client, max(CASE WHEN has IS NOT NULL THEN coalesce(has.validTo, $at) END) AS endedAt
WHERE endedAt IS NULL OR endedAt < $at - $grace
MATCH (client)-[arrival:ARRIVED_AT]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at AND arrival.lastAt > coalesce(endedAt, 0) + $grace
  // Clusters may share a trust domain: then a flat multicluster link brings callers of the others here.
  AND NOT EXISTS {
    MATCH (other:Cluster) WHERE other.key <> $cluster
    MATCH (:Identity {key: other.key + '/Identity/' + client.name})<-[:HAS_IDENTITY]-()
  }
WITH client, endedAt, workload, arrival, arrival.at AS at, arrival.wLength AS length, arrival.wRequests AS counts,
     CASE WHEN coalesce(endedAt, 0) + $grace > $since THEN endedAt + $grace ELSE $since END AS since
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH client, endedAt, workload, arrival,
     CASE WHEN at IS NULL OR (arrival.firstAt >= since AND arrival.lastAt <= $at)
       THEN {count: arrival.requests, first: arrival.firstAt, last: arrival.lastAt}
       ELSE reduce(
         s = {count: 0}, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= since AND at[i] < $at] |
         {count: s.count + counts[i], first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS seen
WHERE seen.count > 0
WITH client, endedAt, workload, workload.namespace + '/' + workload.name + ':' + arrival.port AS port, seen ORDER BY port
RETURN client.key AS clientKey, client.name AS identity, endedAt, collect(DISTINCT workload.key) AS workloadKeys,
       collect(DISTINCT port) AS ports, sum(seen.count) AS count, min(seen.first) AS first, max(seen.last) AS last
ORDER BY count DESC, clientKey
