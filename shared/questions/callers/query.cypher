// Who reached $callee in the period, as each layer tells it: one row a caller, port, protocol, verdict and TLS state.
// Of a Service, also the calls that went through it to a workload.
CALL () {
  MATCH (to:Workload|ExternalWorkload|Service|External|EgressNetwork {key: $callee})<-[seen:CALLED]-(from:Workload)
  RETURN from, to, seen
  UNION
  MATCH (service:Service {key: $callee})-[:SELECTS]->(to:Workload)<-[seen:CALLED]-(from:Workload)
  WHERE seen.service = service.namespace + '/' + service.name
  RETURN from, to, seen
  UNION
  MATCH (to:Workload {key: $callee})<-[seen:ARRIVED_AT]-(from:Identity|Unauthenticated)
  RETURN from, to, seen
}
WITH from, to, seen WHERE seen.lastAt > $since AND seen.firstAt < $at
WITH from, to, seen, seen.at AS at, seen.wLength AS length, seen.wFailures AS failures, seen.wRefused AS refusals,
     CASE WHEN seen.protocol = 'tcp' AND seen:CALLED THEN seen.connections ELSE seen.requests END AS total,
     CASE WHEN seen.protocol = 'tcp' AND seen:CALLED THEN seen.wConnections ELSE seen.wRequests END AS counts
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH from, to, seen,
     CASE WHEN at IS NULL OR (seen.firstAt >= $since AND seen.lastAt <= $at)
       THEN {count: total, failures: seen.failures, refused: coalesce(seen.refused, 0), first: seen.firstAt, last: seen.lastAt}
       ELSE reduce(
         s = {count: 0, failures: 0, refused: 0},
         i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] |
         {count: s.count + counts[i], failures: s.failures + failures[i], refused: s.refused + coalesce(refusals[i], 0),
          first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS sum
WHERE sum.first IS NOT NULL
WITH from, to, type(seen) AS layer, seen.port AS port, seen.protocol AS protocol, seen.verdict AS verdict, seen.tls AS tls,
     collect(DISTINCT seen.serverIdentity) AS serverIdentities,
     collect(DISTINCT coalesce(seen.authorization, seen.rateLimit,
       seen.server + CASE WHEN seen.route STARTS WITH 'default/' THEN '' ELSE coalesce(', ' + seen.route, '') END)) AS policies,
     sum(sum.count) AS count, sum(sum.failures) AS failures, sum(sum.refused) AS refused,
     min(sum.first) AS first, max(sum.last) AS last
RETURN layer, port, protocol, verdict, tls, serverIdentities, policies, count, failures, refused, first, last,
       {label: head(labels(from)), key: from.key, name: coalesce(from.namespace + '/', '') + from.name} AS from,
       COLLECT {
         MATCH (from)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(owner:Workload)
         WHERE runs.validTo IS NULL OR runs.validTo > $since
         WITH DISTINCT owner ORDER BY owner.key
         RETURN {label: 'Workload', key: owner.key, name: owner.namespace + '/' + owner.name}
       } AS owners,
       {label: head(labels(to)), key: to.key, name: coalesce(to.namespace + '/', '') + to.name} AS to
ORDER BY from.key, to.key, port, protocol, verdict, tls
