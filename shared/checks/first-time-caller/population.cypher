// Pairs that spoke in the period, new or not, by the same two views as the check. By whole relationships, not windows.
CALL () {
  MATCH (caller:Workload {cluster: $cluster})-[call:CALLED]->(callee)
  WHERE call.lastAt > $since AND call.firstAt < $at
  RETURN caller, callee
  UNION
  MATCH (caller:Identity|Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(callee:Workload)
  WHERE arrival.lastAt > $since AND arrival.firstAt < $at
    AND NOT EXISTS { (caller)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[:RUNS_AS]-(:Workload) }
  RETURN caller, callee
}
RETURN count(*) AS count
