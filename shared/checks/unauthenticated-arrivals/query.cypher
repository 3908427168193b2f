// Arrivals without identity that policy let in. Aside: probes (kubelet probes never get into the graph; a route that
// only a NetworkAuthentication opens is Linkerd's documented way to admit one's own), and the control plane and its
// extensions, whose webhooks the API server calls without an identity by nature.
MATCH (client:Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at AND arrival.verdict IN ['allowed', 'audited']
  AND NOT EXISTS {
    (space:Namespace {key: $cluster + '/Namespace/' + workload.namespace})
    WHERE any(label IN space.labels
      WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
  }
  AND NOT EXISTS {
    (policy:AuthorizationPolicy {cluster: $cluster, namespace: workload.namespace})-[:TARGETS]->(:Route)
    WHERE toLower(arrival.authorization) = 'authorizationpolicy/' + policy.name
      AND EXISTS { (policy)-[:REQUIRES]->(:Authentication {kind: 'NetworkAuthentication'}) }
      AND NOT EXISTS { (policy)-[:REQUIRES]->(other) WHERE coalesce(other.kind, '') <> 'NetworkAuthentication' }
  }
WITH client, workload, arrival, arrival.at AS at, arrival.wLength AS length, arrival.wRequests AS counts
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH client, workload, arrival,
     CASE WHEN at IS NULL OR (arrival.firstAt >= $since AND arrival.lastAt <= $at)
       THEN {count: arrival.requests, first: arrival.firstAt, last: arrival.lastAt}
       ELSE reduce(
         s = {count: 0}, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] |
         {count: s.count + counts[i], first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS seen
WHERE seen.count > 0
RETURN client.key AS clientKey, workload.key AS workloadKey, workload.namespace + '/' + workload.name AS workload,
       arrival.port AS port, COLLECT {
         MATCH (workload)-[holds:HOLDS]->(data:DataClass)
         WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
         RETURN data.name AS data ORDER BY data
       } AS data, collect(DISTINCT arrival.authorization) AS authorizations,
       collect(DISTINCT arrival.tls) AS tls, sum(seen.count) AS count, min(seen.first) AS first, max(seen.last) AS last
ORDER BY count DESC, workloadKey, port
