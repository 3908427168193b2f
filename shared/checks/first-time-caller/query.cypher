// Pairs whose first traffic ever fell into the period, after the mesh had been watched for $learning ms. A caller the
// graph cannot name as a workload (no identity, or an identity nobody here carries) counts by its arrivals.
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  RETURN min(scan.from) AS watchedSince
}
CALL () {
  // Found by the index of buckets, with the one before the period: that shows most pairs to be known, without their history.
  UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
  MATCH (caller:Workload)-[seen:CALLED]->(callee)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - 2 * grain[1] AND seen.bucket < $at
  WITH caller, callee, min(seen.firstAt) AS first
  WHERE first >= $since AND first < $at AND NOT EXISTS { (caller)-[old:CALLED]->(callee) WHERE old.firstAt < $since }
  MATCH (caller)-[call:CALLED]->(callee) WHERE call.firstAt < $at
  WITH caller, callee, call, CASE call.protocol WHEN 'tcp' THEN call.wConnections ELSE call.wRequests END AS counts
  RETURN caller, callee, call AS seen, counts, CASE call.protocol WHEN 'tcp' THEN call.connections ELSE call.requests END AS total
  UNION ALL
  MATCH (caller:Identity|Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(callee:Workload)
  WHERE arrival.firstAt >= $since AND arrival.firstAt < $at
    AND NOT EXISTS { (caller)-[old:ARRIVED_AT]->(callee) WHERE old.firstAt < $since }
    AND NOT EXISTS { (caller)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[:RUNS_AS]-(:Workload) }
  RETURN caller, callee, arrival AS seen, arrival.wRequests AS counts, arrival.requests AS total
}
WITH watchedSince, caller, callee, seen, counts, total, seen.at AS at, seen.wLength AS length
// A relationship that reaches over the period's end is read by its windows, or told whole where it has none any more.
WITH watchedSince, caller, callee, seen.port AS port, seen.firstAt AS firstAt,
     CASE WHEN at IS NULL OR seen.lastAt <= $at THEN total
       ELSE reduce(sum = 0, i IN [i IN range(0, size(at) - 1) WHERE at[i] < $at] | sum + counts[i])
     END AS count
WITH watchedSince, caller, callee, collect(DISTINCT port) AS ports, min(firstAt) AS first, sum(count) AS count
WHERE count > 0 AND first - watchedSince >= $learning
RETURN caller.key AS callerKey, head(labels(caller)) AS callerLabel,
       coalesce(caller.namespace + '/', '') + caller.name AS caller,
       callee.key AS calleeKey, head(labels(callee)) AS calleeLabel,
       coalesce(callee.namespace + '/', '') + callee.name AS callee,
       ports, count, first, watchedSince
ORDER BY first, callerKey, calleeKey
