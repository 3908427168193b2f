// Pairs and ports either side told of, for identities that name one workload. By whole relationships, not windows.
MATCH (identity:Identity {cluster: $cluster})<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(workload:Workload)
WHERE runs.validTo IS NULL OR runs.validTo > $since
WITH identity, collect(DISTINCT workload) AS workloads
WHERE size(workloads) = 1
WITH identity, workloads[0] AS caller
CALL (identity, caller) {
  MATCH (identity)-[seen:ARRIVED_AT]->(callee:Workload)
  WHERE seen.lastAt > $since AND seen.firstAt < $at AND seen.protocol <> 'tcp'
  RETURN callee, seen.port AS port
  UNION
  MATCH (caller)-[seen:CALLED]->(callee:Workload)
  WHERE seen.lastAt > $since AND seen.firstAt < $at AND seen.protocol <> 'tcp' AND seen.tls = 'true'
  RETURN callee, seen.port AS port
}
RETURN count(*) AS count
