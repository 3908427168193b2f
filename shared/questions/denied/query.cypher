// Who was turned away in the period, where and by what: by the proxy of the called side, or by the caller's own where an
// EgressNetwork forbids what it asks for. Buckets are found by the index: one that begins up to its own length before may
// reach into the period. `first` looks at all that is kept.
CALL () {
  UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
  MATCH (from)-[seen:ARRIVED_AT]->(to)
  USING INDEX seen:ARRIVED_AT(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - grain[1] AND seen.bucket < $at
    AND seen.verdict IN ['denied', 'noRoute', 'rateLimited', 'terminated']
  RETURN from, to, seen, seen.verdict AS verdict, seen.requests AS total, seen.wRequests AS counts,
         coalesce(seen.rateLimit, seen.server + CASE WHEN seen.route STARTS WITH 'default/' THEN '' ELSE coalesce(', ' + seen.route, '') END) AS policy
  UNION ALL
  MATCH (to:EgressNetwork|External {cluster: $cluster})<-[seen:CALLED]-(from)
  WHERE seen.lastAt > $since AND seen.refused > 0 AND seen.egressNetwork IS NOT NULL
  RETURN from, to, seen, 'refused' AS verdict, seen.refused AS total, seen.wRefused AS counts,
         'egressnetwork/' + seen.egressNetwork AS policy
}
WITH from, to, seen, verdict, total, counts, policy, seen.at AS at, seen.wLength AS length
WHERE seen.lastAt > $since AND seen.firstAt < $at
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH from, to, seen, verdict, policy,
     CASE WHEN at IS NULL OR (seen.firstAt >= $since AND seen.lastAt <= $at)
       THEN {count: total, first: seen.firstAt, last: seen.lastAt}
       ELSE reduce(
         s = {count: 0}, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at AND counts[i] > 0] |
         {count: s.count + counts[i], first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS sum
WHERE sum.count > 0
WITH from, to, verdict, policy, seen.port AS port, seen.protocol = 'tcp' AS tcp, type(seen) AS layer,
     sum(sum.count) AS count, min(sum.first) AS first, max(sum.last) AS last
CALL (from, to, verdict, port, layer) {
  MATCH (from)-[old:ARRIVED_AT|CALLED]->(to)
  WHERE type(old) = layer AND old.port = port AND old.firstAt < $since AND (old.verdict = verdict OR old.refused > 0)
  RETURN min(old.firstAt) AS known
}
WITH from, to, verdict, policy, port, tcp, count, first, last, known, COLLECT {
  MATCH (from)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(owner:Workload)
  WHERE runs.validTo IS NULL OR runs.validTo > $since
  WITH DISTINCT owner ORDER BY owner.key
  RETURN {key: owner.key, name: owner.namespace + '/' + owner.name}
} AS owners
RETURN 'denial' AS what, {
         verdict: verdict, policy: policy, port: port, tcp: tcp, count: count, first: first, last: last, known: known,
         owners: owners, fromLabel: head(labels(from)), fromKey: from.key, from: coalesce(from.namespace + '/', '') + from.name,
         toKey: to.key, to: coalesce(to.namespace + '/', '') + to.name
       } AS told
