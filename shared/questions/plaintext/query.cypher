// Runs of windows in which a pair went without mesh TLS, as each layer tells it, from a day before the period on: what was
// going on when the period began did not begin with it. Buckets are found by the index: one that begins up to its own
// length before may reach into the period.
CALL () {
  UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - 86400000 - grain[1] AND seen.bucket < $at
    AND seen.tls IN ['no_identity', 'disabled']
  RETURN from, to, seen,
         CASE WHEN seen.protocol = 'tcp' THEN seen.connections ELSE seen.requests END AS total,
         CASE WHEN seen.protocol = 'tcp' THEN seen.wConnections ELSE seen.wRequests END AS counts
  UNION ALL
  // Who showed an identity had TLS.
  MATCH (from:Unauthenticated {cluster: $cluster})-[seen:ARRIVED_AT]->(to)
  WHERE seen.lastAt > $since - 86400000 AND seen.firstAt < $at AND seen.tls IN ['no_identity', 'disabled']
  RETURN from, to, seen, seen.requests AS total, seen.wRequests AS counts
}
WITH from, to, seen, total, counts WHERE coalesce(seen.noTlsReason, '') <> 'loopback'
WITH from, to, seen, total, counts, seen.at AS at, seen.wLength AS length
WITH from, to, seen, total, counts, at, length,
     [i IN range(0, coalesce(size(at), 0) - 1) WHERE at[i] > $since - 86400000 AND at[i] < $at] AS active
WITH from, to, seen, total, counts, at, length, active,
     [k IN range(0, size(active) - 1) WHERE k = 0 OR at[active[k - 1]] + length[active[k - 1]] < at[active[k]]] AS heads
WITH from, to, seen, CASE
       // Without windows it is told whole: it was rolled up.
       WHEN at IS NULL THEN [{from: seen.firstAt, to: seen.lastAt, count: total}]
       ELSE [h IN range(0, size(heads) - 1) | {
         from: at[active[heads[h]]],
         to: at[active[coalesce(heads[h + 1], size(active)) - 1]] + length[active[coalesce(heads[h + 1], size(active)) - 1]],
         count: reduce(sum = 0, k IN range(heads[h], coalesce(heads[h + 1], size(active)) - 1) |
           sum + CASE WHEN at[active[k]] >= $since THEN coalesce(counts[active[k]], 0) ELSE 0 END)
       }] END AS runs
WHERE size(runs) > 0
WITH from, to, type(seen) AS layer, seen.port AS port, seen.verdict AS verdict, seen.protocol = 'tcp' AS tcp,
     collect(DISTINCT seen.noTlsReason) AS reasons, collect(runs) AS runs
RETURN 'pair' AS what, {
         layer: layer, port: port, verdict: verdict, tcp: tcp, reasons: reasons,
         fromKey: from.key, from: coalesce(from.namespace + '/', '') + from.name,
         toKey: to.key, to: coalesce(to.namespace + '/', '') + to.name,
         runs: reduce(all = [], some IN runs | all + some),
         earlier: CASE layer
           WHEN 'CALLED' THEN EXISTS {
             (from)-[old:CALLED]->(to) WHERE old.port = port AND old.firstAt <= $since - 86400000 AND old.tls IN ['no_identity', 'disabled'] }
           ELSE EXISTS {
             (from)-[old:ARRIVED_AT]->(to) WHERE old.port = port AND old.firstAt <= $since - 86400000 AND old.tls IN ['no_identity', 'disabled'] }
         END
       } AS told
