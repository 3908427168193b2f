// What became different after $since and up to $at. What the very first scan or window found was not seen to appear.
CALL () {
  MATCH (scan:Scan {cluster: $cluster}) WHERE scan.source <> 'traffic' RETURN min(scan.at) AS firstScan
}
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'}) WHERE scan.at <= $at
  WITH min(scan.from) AS firstWindow, max(scan.at) AS watchedTo, max([scan.at, coalesce(scan.coveredMs / scan.windows, scan.at - scan.from)])[1] AS length
  RETURN firstWindow, watchedTo - coalesce($quiet, 3 * length) AS quietSince
}
CALL (firstScan, firstWindow, quietSince) {
  MATCH (node) WHERE node.cluster = $cluster AND node.validFrom IS NOT NULL
  WITH node, coalesce(node.pastLives, []) + [node.validFrom, node.validTo] AS lives
  UNWIND range(0, size(lives) - 2, 2) AS i
  UNWIND [['appeared', lives[i]], ['vanished', lives[i + 1]]] AS event
  WITH node, event WHERE event[1] > $since AND event[1] <= $at AND event[1] > firstScan
  RETURN event[1] AS at, event[0] AS what, node, null AS other, null AS detail, null AS before, null AS after
  UNION ALL
  MATCH (node)-[:CHANGED]->(change:Change {cluster: $cluster}) WHERE change.at > $since AND change.at <= $at
  RETURN change.at AS at, 'changed' AS what, node, null AS other, change.path AS detail, change.before AS before, change.after AS after
  UNION ALL
  // A relationship that came or went together with one of its ends is told by that end.
  MATCH (node)-[edge:RUNS_AS|HAS_IDENTITY|BOUND_TO|ASSUMES|SELECTS|TARGETS|REQUIRES|ADMITS|ROUTES|MIRRORS|ANCHORED_BY|HOLDS|OWNED_BY|RUNS_IN|EXPOSED_TO]->(other)
  WHERE node.cluster = $cluster
  UNWIND [['opened', edge.validFrom, node.validFrom, other.validFrom], ['closed', edge.validTo, node.validTo, other.validTo]] AS event
  WITH node, edge, other, event
  WHERE event[1] > $since AND event[1] <= $at AND event[1] > firstScan
    AND coalesce(event[2], 0) <> event[1] AND coalesce(event[3], 0) <> event[1]
    AND NOT event[1] IN coalesce(node.pastLives, []) + coalesce(other.pastLives, [])
  RETURN event[1] AS at, event[0] AS what, node, other, type(edge) AS detail, null AS before, null AS after
  UNION ALL
  MATCH (node:Workload {cluster: $cluster})-[call:CALLED]->(other)
  WHERE call.firstAt >= $since AND call.firstAt < $at AND NOT EXISTS { (node)-[old:CALLED]->(other) WHERE old.firstAt < $since }
  WITH firstWindow, node, other, min(call.firstAt) AS at WHERE at > firstWindow
  RETURN at, 'first call' AS what, node, other, null AS detail, null AS before, null AS after
  UNION ALL
  MATCH (node:Workload {cluster: $cluster})-[call:CALLED]->(other)
  WHERE call.lastAt > $since AND call.firstAt < $at
  WITH quietSince, node, other, call, call.at AS at, call.wLength AS length
  WITH quietSince, node, other, max(CASE WHEN at IS NULL OR call.lastAt <= $at THEN call.lastAt
    ELSE last([i IN range(0, size(at) - 1) WHERE at[i] < $at | at[i] + length[i]]) END) AS at
  WHERE at > $since AND at <= quietSince
  RETURN at, 'last call' AS what, node, other, null AS detail, null AS before, null AS after
  UNION ALL
  // Of arrivals, what no first call tells: a verdict that is new for the pair, and callers without a workload.
  MATCH (node:Identity|Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(other:Workload)
  WHERE arrival.firstAt >= $since AND arrival.firstAt < $at
    AND NOT EXISTS { (node)-[old:ARRIVED_AT {verdict: arrival.verdict}]->(other) WHERE old.firstAt < $since }
  WITH firstWindow, node, other, arrival.verdict AS verdict, min(arrival.firstAt) AS at
  WHERE at > firstWindow AND (NOT verdict IN ['allowed', 'audited']
    OR EXISTS { (node)-[old:ARRIVED_AT]->(other) WHERE old.verdict <> verdict AND old.firstAt < at }
    OR NOT EXISTS { (node)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[:RUNS_AS]-(:Workload) })
  RETURN at, 'first ' + verdict AS what, node, other, null AS detail, null AS before, null AS after
}
RETURN at, what, head(labels(node)) AS label, node.key AS key, coalesce(node.namespace + '/', '') + node.name AS name,
       head(labels(other)) AS otherLabel, other.key AS otherKey, coalesce(other.namespace + '/', '') + other.name AS otherName,
       detail, before, after
ORDER BY at, what, key, otherKey, detail
