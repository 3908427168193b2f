// Who called which port of a workload or Service in the period. By whole relationships, not windows.
MATCH (caller:Workload {cluster: $cluster})-[call:CALLED]->(callee:Workload|Service)
WHERE call.lastAt > $since AND call.firstAt < $at
WITH DISTINCT caller, callee, call.port AS port
RETURN count(*) AS count
