// Who was seen reaching whom in the period, both layers: one row a callee. Read by the index of buckets, since a walk over
// each workload's relationships would meet all days that are kept. Each of `seen` is a list, for its length on the way:
// layer, caller, port, protocol, TLS state, verdict, count, refused, first, last, what decided.
UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
CALL (grain) {
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - grain[1] AND seen.bucket < $at
    AND seen.lastAt > $since AND seen.firstAt < $at
  RETURN 'CALLED' AS layer, from, to, seen,
         CASE seen.protocol WHEN 'tcp' THEN seen.connections ELSE seen.requests END AS total,
         CASE seen.protocol WHEN 'tcp' THEN seen.wConnections ELSE seen.wRequests END AS counts
  UNION ALL
  MATCH (from)-[seen:ARRIVED_AT]->(to)
  USING INDEX seen:ARRIVED_AT(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - grain[1] AND seen.bucket < $at
    AND seen.lastAt > $since AND seen.firstAt < $at
  RETURN 'ARRIVED_AT' AS layer, from, to, seen, seen.requests AS total, seen.wRequests AS counts
}
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH layer, from, to, seen,
     CASE WHEN (seen.firstAt >= $since AND seen.lastAt <= $at) OR seen.at IS NULL
       THEN {count: total, refused: coalesce(seen.refused, 0), first: seen.firstAt, last: seen.lastAt}
       ELSE reduce(
         s = {count: 0, refused: 0}, i IN [i IN range(0, size(seen.at) - 1) WHERE seen.at[i] >= $since AND seen.at[i] < $at] |
         {count: s.count + coalesce(counts[i], 0), refused: s.refused + coalesce(seen.wRefused[i], 0),
          first: coalesce(s.first, seen.at[i]), last: seen.at[i] + seen.wLength[i]})
     END AS sum
WHERE sum.first IS NOT NULL
WITH layer, from, to, seen.port AS port, seen.protocol AS protocol, seen.tls AS tls, seen.verdict AS verdict,
     collect(DISTINCT coalesce(seen.authorization, seen.rateLimit,
       seen.server + CASE WHEN seen.route STARTS WITH 'default/' THEN '' ELSE coalesce(', ' + seen.route, '') END)) AS policies,
     sum(sum.count) AS count, sum(sum.refused) AS refused, min(sum.first) AS first, max(sum.last) AS last
RETURN to.key AS callee, collect([layer, from.key, port, protocol, tls, verdict, count, refused, first, last, policies]) AS seen
