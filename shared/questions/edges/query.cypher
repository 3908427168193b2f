// Every edge of the period as each layer tells it: one row a pair, port, protocol, verdict and TLS state. An identity names
// the workloads that carry it. Then who holds which data at $at. Unsorted: 20,000 rows are sorted faster where they are used.
CALL () {
  MATCH (from:Workload {cluster: $cluster})-[seen:CALLED]->(to)
  WHERE seen.lastAt > $since AND seen.firstAt < $at
  WITH from, to, seen, seen.protocol = 'tcp' AS tcp
  RETURN 'CALLED' AS layer, from, [] AS owners, to, seen,
         CASE WHEN tcp THEN seen.connections ELSE seen.requests END AS total,
         CASE WHEN tcp THEN seen.wConnections ELSE seen.wRequests END AS counts
  UNION ALL
  MATCH (from:Identity|Unauthenticated {cluster: $cluster})
  WITH from, COLLECT {
    MATCH (from)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(owner:Workload)
    WHERE runs.validTo IS NULL OR runs.validTo > $since
    WITH DISTINCT owner ORDER BY owner.key
    RETURN {label: 'Workload', key: owner.key, name: owner.namespace + '/' + owner.name}
  } AS owners
  MATCH (from)-[seen:ARRIVED_AT]->(to:Workload)
  WHERE seen.lastAt > $since AND seen.firstAt < $at
  RETURN 'ARRIVED_AT' AS layer, from, owners, to, seen, seen.requests AS total, seen.wRequests AS counts
}
WITH layer, from, owners, to, seen, total, counts, seen.at AS at, seen.wLength AS length,
     seen.wFailures AS failures, seen.wRefused AS refusals
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH layer, from, owners, to, seen,
     CASE WHEN at IS NULL OR (seen.firstAt >= $since AND seen.lastAt <= $at)
       THEN {count: total, failures: seen.failures, refused: coalesce(seen.refused, 0), first: seen.firstAt, last: seen.lastAt}
       ELSE reduce(
         s = {count: 0, failures: 0, refused: 0},
         i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] |
         {count: s.count + counts[i], failures: s.failures + failures[i], refused: s.refused + coalesce(refusals[i], 0),
          first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS sum
WHERE sum.first IS NOT NULL
WITH layer, from, owners, to, seen.port AS port, seen.protocol AS protocol, seen.verdict AS verdict,
     seen.tls AS tls, collect(DISTINCT seen.serverIdentity) AS serverIdentities,
     collect(DISTINCT coalesce(seen.authorization, seen.rateLimit,
       seen.server + CASE WHEN seen.route STARTS WITH 'default/' THEN '' ELSE coalesce(', ' + seen.route, '') END)) AS policies,
     sum(sum.count) AS count, sum(sum.failures) AS failures, sum(sum.refused) AS refused,
     min(sum.first) AS first, max(sum.last) AS last
RETURN layer, owners, port, protocol, verdict, tls, serverIdentities, policies, count, failures, refused, first, last,
       {label: head(labels(from)), key: from.key, name: coalesce(from.namespace + '/', '') + from.name} AS from,
       {label: head(labels(to)), key: to.key, name: coalesce(to.namespace + '/', '') + to.name} AS to
UNION ALL
MATCH (from:Workload|External {cluster: $cluster})-[holds:HOLDS]->(to:DataClass)
WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
RETURN 'HOLDS' AS layer, [] AS owners, 0 AS port, '' AS protocol, null AS verdict, '' AS tls, [] AS serverIdentities,
       [] AS policies, 0 AS count, 0 AS failures, 0 AS refused, holds.validFrom AS first, $at AS last,
       {label: head(labels(from)), key: from.key, name: coalesce(from.namespace + '/', '') + from.name} AS from,
       {label: 'DataClass', key: to.key, name: to.name} AS to
