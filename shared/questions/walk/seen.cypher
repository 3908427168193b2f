// Who was seen reaching whom in the period, as $layer tells it: one row a callee. Read by the index of buckets, since a walk
// over each workload's relationships would meet all days that are kept. Each of `seen` is a list, for its length on the way:
// caller, port, protocol, TLS state, verdict, policy, count, refused, first, last.
UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
CALL (grain) {
  WITH grain WHERE $layer = 'CALLED'
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - grain[1] AND seen.bucket < $at
    AND seen.lastAt > $since AND seen.firstAt < $at
  RETURN from, to, seen, null AS policy,
         CASE seen.protocol WHEN 'tcp' THEN seen.connections ELSE seen.requests END AS total,
         CASE seen.protocol WHEN 'tcp' THEN seen.wConnections ELSE seen.wRequests END AS counts
  UNION ALL
  WITH grain WHERE $layer = 'ARRIVED_AT'
  MATCH (from)-[seen:ARRIVED_AT]->(to)
  USING INDEX seen:ARRIVED_AT(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - grain[1] AND seen.bucket < $at
    AND seen.lastAt > $since AND seen.firstAt < $at
  RETURN from, to, seen,
         coalesce(seen.authorization, seen.rateLimit,
           seen.server + CASE WHEN seen.route STARTS WITH 'default/' THEN '' ELSE coalesce(', ' + seen.route, '') END) AS policy,
         seen.requests AS total, seen.wRequests AS counts
}
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH from, to, seen, policy, total, counts,
     CASE WHEN (seen.firstAt >= $since AND seen.lastAt <= $at) OR seen.at IS NULL THEN null
       ELSE [i IN range(0, size(seen.at) - 1) WHERE seen.at[i] >= $since AND seen.at[i] < $at] END AS cut
WHERE cut IS NULL OR size(cut) > 0
WITH from, to, seen.port AS port, seen.protocol AS protocol, seen.tls AS tls, seen.verdict AS verdict, policy,
     sum(CASE WHEN cut IS NULL THEN total ELSE reduce(n = 0, i IN cut | n + coalesce(counts[i], 0)) END) AS count,
     sum(CASE WHEN cut IS NULL THEN seen.refused ELSE reduce(n = 0, i IN cut | n + coalesce(seen.wRefused[i], 0)) END) AS refused,
     min(CASE WHEN cut IS NULL THEN seen.firstAt ELSE seen.at[cut[0]] END) AS first,
     max(CASE WHEN cut IS NULL THEN seen.lastAt ELSE seen.at[cut[-1]] + seen.wLength[cut[-1]] END) AS last
RETURN to.key AS callee, collect([from.key, port, protocol, tls, verdict, policy, count, refused, first, last]) AS seen
