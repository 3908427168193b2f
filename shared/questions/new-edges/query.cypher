// Pairs that called for the first time in the period, and what became different at either end around then. A caller the
// graph cannot name as a workload (no identity, or one nobody here carries) counts by its arrivals.
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'}) WHERE scan.at >= 0 AND scan.at <= $at
  RETURN scan.from AS began ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
}
CALL () {
  RETURN COLLECT {
    MATCH (scan:Scan {cluster: $cluster, source: 'cluster'}) WHERE scan.at >= 0 AND scan.at <= $at
    RETURN scan.at ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
  }[0] AS firstScan
}
CALL () {
  // Buckets are found by the index: one that begins up to its own length before may reach into the period. The one before
  // that shows most pairs to be known, without a look at their history.
  UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - 2 * grain[1] AND seen.bucket < $at
  RETURN from, to, seen
  UNION ALL
  MATCH (from:Identity|Unauthenticated {cluster: $cluster})
  WHERE NOT EXISTS { (from)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[:RUNS_AS]-(:Workload) }
  MATCH (from)-[seen:ARRIVED_AT]->(to) WHERE seen.lastAt > $since
  RETURN from, to, seen
}
WITH began, firstScan, from, to, min(seen.firstAt) AS first, collect(seen) AS parts
// Of what was there when watching began nobody knows since when.
WHERE first >= $since AND first < $at AND first > began
WITH firstScan, from, to, first, [seen IN parts WHERE seen.firstAt < $at] AS parts,
     EXISTS { (from)-[old:CALLED|ARRIVED_AT]->(to) WHERE old.firstAt < $since } AS known
WHERE NOT known
CALL (parts) {
  UNWIND parts AS part
  WITH part, part.at AS at, CASE WHEN part.protocol = 'tcp' AND part:CALLED THEN [part.connections, part.wConnections] ELSE [part.requests, part.wRequests] END AS counted
  RETURN collect(DISTINCT part.port) AS ports, collect(DISTINCT part.verdict) AS verdicts, collect(DISTINCT part.tls) AS tls,
         // A relationship that reaches over the period's end is read by its windows, or told whole where it has none any more.
         sum(CASE WHEN at IS NULL OR part.lastAt <= $at THEN counted[0]
           ELSE reduce(sum = 0, i IN [i IN range(0, size(at) - 1) WHERE at[i] < $at] | sum + counted[1][i]) END) AS count
}
// A scan tells a change when it comes to it: what was released with the first call is told by the scan after it at the latest.
WITH from, to, first, ports, verdicts, tls, count, COLLECT {
  UNWIND [from, to] AS end
  CALL (end) {
    RETURN end.validFrom AS at, 'appeared' AS path, null AS before, null AS after
    UNION ALL
    MATCH (end)-[:CHANGED]->(change:Change) WHERE change.path <> 'readyReplicas'
    RETURN change.at AS at, change.path AS path, change.before AS before, change.after AS after
    UNION ALL
    MATCH (pod:Pod)-[part:PART_OF]->(end)
    RETURN part.validFrom AS at, 'pod' AS path, null AS before, pod.name AS after
  }
  WITH end, at, path, before, after
  WHERE at > firstScan AND at > first - $around AND at <= coalesce(COLLECT {
    MATCH (scan:Scan {cluster: $cluster, source: 'cluster'}) WHERE scan.at > first AND scan.at <= $at
    RETURN scan.at ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
  }[0], $at)
  WITH end, at, path, before, after ORDER BY at, path, after
  RETURN {at: at, entity: coalesce(end.namespace + '/', '') + end.name, path: path, before: before, after: after}
} AS released
RETURN 'pair' AS what, {
         fromKey: from.key, from: coalesce(from.namespace + '/', '') + from.name,
         toKey: to.key, to: coalesce(to.namespace + '/', '') + to.name,
         first: first, ports: ports, verdicts: verdicts, tls: tls, count: count, released: released
       } AS told
