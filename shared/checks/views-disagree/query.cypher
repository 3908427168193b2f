// Requests under an identity that names one workload, as both sides counted them, where they differ by more than edges.
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'}) WHERE scan.at > $since AND scan.at <= $at
  RETURN count(scan) AS windows
}
CALL (windows) {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'}) WHERE scan.at > $since AND scan.at <= $at
  // Coverage is JSON text; its parts are {"namespace":…,"proxies":…,"silent":…}.
  UNWIND split(coalesce(scan.coverage, ''), '{"namespace":"')[1..] AS part
  WITH windows, part WHERE NOT part CONTAINS '"silent":0,'
  WITH windows, split(part, '"')[0] AS space, count(*) AS silent WHERE silent * 10 > windows
  RETURN collect(space) AS silent
}
MATCH (identity:Identity {cluster: $cluster})<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(workload:Workload)
WHERE runs.validTo IS NULL OR runs.validTo > $since
WITH silent, identity, collect(DISTINCT workload) AS workloads
WHERE size(workloads) = 1 AND NOT workloads[0].namespace IN silent
WITH silent, identity, workloads[0] AS caller
CALL (identity, caller) {
  MATCH (identity)-[seen:ARRIVED_AT]->(callee:Workload)
  WHERE seen.lastAt > $since AND seen.firstAt < $at AND seen.protocol <> 'tcp'
  RETURN seen, callee, true AS arrival
  UNION ALL
  MATCH (caller)-[seen:CALLED]->(callee:Workload)
  WHERE seen.lastAt > $since AND seen.firstAt < $at AND seen.protocol <> 'tcp' AND seen.tls = 'true'
  RETURN seen, callee, false AS arrival
}
WITH silent, identity, caller, callee, seen, arrival, seen.at AS at, seen.wRequests AS counts
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH silent, identity, caller, callee, seen.port AS port, arrival,
     CASE WHEN at IS NULL OR counts IS NULL OR (seen.firstAt >= $since AND seen.lastAt <= $at) THEN seen.requests
       ELSE reduce(sum = 0, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] | sum + counts[i])
     END AS count
WITH silent, identity, caller, callee, port,
     sum(CASE WHEN arrival THEN 0 ELSE count END) AS called, sum(CASE WHEN arrival THEN count ELSE 0 END) AS arrived
WHERE abs(called - arrived) > 20 AND abs(called - arrived) * 10 > CASE WHEN called > arrived THEN called ELSE arrived END
  AND NOT callee.namespace IN silent
  // Seen as bytes on the called side: a matter of protocols, with a check of its own.
  AND NOT EXISTS {
    (identity)-[bytes:ARRIVED_AT {port: port, protocol: 'tcp'}]->(callee) WHERE bytes.lastAt > $since AND bytes.firstAt < $at
  }
  AND NOT EXISTS {
    (space:Namespace {key: $cluster + '/Namespace/' + callee.namespace})
    WHERE any(label IN space.labels
      WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
  }
RETURN identity.key AS identityKey, identity.name AS identity,
       caller.key AS callerKey, caller.namespace + '/' + caller.name AS caller,
       callee.key AS calleeKey, callee.namespace + '/' + callee.name AS callee, port, called, arrived
ORDER BY abs(called - arrived) DESC, identityKey, calleeKey, port
