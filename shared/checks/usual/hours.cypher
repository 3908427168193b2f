// Pairs of which one of the last whole hours stands out against the day before, and all their earlier windows. Most pairs
// end in the first step, by totals alone: what is not well above the mean hour of the day before, or fails no more often,
// is nothing to look at. The 200 that stand out most are weighed.
WITH $at - $at % 3600000 AS end
WITH end, end - $recent AS start, (end - 1) - (end - 1) % 86400000 AS today
CALL (start, end, today) {
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = 'hour' AND seen.bucket >= start AND seen.bucket < end
  RETURN from, to, seen.bucket AS hour, seen.failures AS failures,
         CASE WHEN seen.protocol = 'tcp' THEN seen.connections ELSE seen.requests END AS count
  UNION ALL
  // The same hours where their day is closed already.
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = 'day' AND seen.bucket > start - 86400000 AND seen.bucket < end
    AND seen.lastAt > start AND seen.at IS NOT NULL
  WITH from, to, start, end, seen.at AS at, seen.wFailures AS failed,
       CASE WHEN seen.protocol = 'tcp' THEN seen.wConnections ELSE seen.wRequests END AS counts
  UNWIND [i IN range(0, size(at) - 1) WHERE at[i] >= start AND at[i] < end] AS i
  RETURN from, to, at[i] - at[i] % 3600000 AS hour, coalesce(failed[i], 0) AS failures, coalesce(counts[i], 0) AS count
  UNION ALL
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = 'day' AND seen.bucket = today - 86400000
  RETURN from, to, null AS hour, seen.failures AS failures,
         CASE WHEN seen.protocol = 'tcp' THEN seen.connections ELSE seen.requests END AS count
}
WITH from, to, start, today, hour, sum(count) AS count, sum(failures) AS failures
WITH from, to, start, today, collect(CASE WHEN hour IS NOT NULL THEN [hour, count, failures] END) AS hours,
     sum(CASE WHEN hour IS NULL THEN count ELSE 0 END) AS dayCount, sum(CASE WHEN hour IS NULL THEN failures ELSE 0 END) AS dayFailures
WITH from, to, start, today, dayCount / 24.0 AS mean, dayFailures / (dayCount + 1.0) AS share,
     [h IN hours WHERE h[1] >= 100 AND h[1] > 1.5 * dayCount / 24 OR h[2] >= 10 AND h[2] * dayCount > h[1] * dayFailures] AS hours
WHERE size(hours) > 0
WITH from, to, start, today, hours, reduce(
       most = 0.0, times IN [h IN hours | h[1] / (mean + 10)] + [h IN hours | h[2] / (h[1] * share + 1)] |
       CASE WHEN times > most THEN times ELSE most END) AS times
ORDER BY times DESC LIMIT 200
MATCH (from:Workload)-[old:CALLED]->(to)
WHERE old.grain = 'day' AND old.bucket >= today - 35 * 86400000 AND old.firstAt < start AND old.at IS NOT NULL
RETURN from.key AS callerKey, head(labels(from)) AS callerLabel, from.namespace + '/' + from.name AS caller,
       to.key AS calleeKey, head(labels(to)) AS calleeLabel, coalesce(to.namespace + '/', '') + to.name AS callee,
       hours, start, $history AS history,
       collect({at: old.at, failures: coalesce(old.wFailures, []),
                counts: coalesce(CASE WHEN old.protocol = 'tcp' THEN old.wConnections ELSE old.wRequests END, [])}) AS past
