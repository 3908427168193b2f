// Arrivals that only audit mode let in, one row a port of a workload.
MATCH (client:Identity|Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT {verdict: 'audited'}]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at
  // Of several authorizations that match the proxy counts any: one that is admitted as well proves nothing.
  AND NOT EXISTS {
    MATCH (:Server {key: $cluster + '/' + workload.namespace + '/Server/' + substring(arrival.server, 7)})
      <-[targets:TARGETS]-(policy:AuthorizationPolicy)-[requires:REQUIRES]->(wanted:Authentication|ServiceAccount)
    WHERE targets.validFrom <= $at AND (targets.validTo IS NULL OR targets.validTo > $at)
      AND requires.validFrom <= $at AND (requires.validTo IS NULL OR requires.validTo > $at)
      AND NOT EXISTS { (policy)-[:REQUIRES]->(:Authentication {kind: 'NetworkAuthentication'}) }
      AND (EXISTS { (wanted)-[:HAS_IDENTITY]->(client) }
        OR EXISTS { (wanted)-[admits:ADMITS]->(client) WHERE admits.validFrom <= $at AND (admits.validTo IS NULL OR admits.validTo > $at) }
        OR EXISTS {
          (wanted)-[admits:ADMITS]->(:ServiceAccount)-[:HAS_IDENTITY]->(client)
          WHERE admits.validFrom <= $at AND (admits.validTo IS NULL OR admits.validTo > $at)
        }
        OR EXISTS {
          (wanted)-[admits:ADMITS]->(:Namespace)<-[:IN_NAMESPACE]-(:ServiceAccount)-[:HAS_IDENTITY]->(client)
          WHERE admits.validFrom <= $at AND (admits.validTo IS NULL OR admits.validTo > $at)
        })
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
WITH client, workload, arrival, seen ORDER BY client.name
RETURN workload.key AS workloadKey, workload.namespace + '/' + workload.name AS workload,
       arrival.port AS port, arrival.server AS server, collect(DISTINCT client.name) AS callers,
       collect(DISTINCT client.key) AS clientKeys, sum(seen.count) AS count, min(seen.first) AS first, max(seen.last) AS last
ORDER BY count DESC, workloadKey, port
