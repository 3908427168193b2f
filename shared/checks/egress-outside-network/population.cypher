// Who called an address outside the mesh in the period, governed or not. By whole relationships, not windows.
MATCH (caller:Workload {cluster: $cluster})-[call:CALLED]->(:External|EgressNetwork)
WHERE call.lastAt > $since AND call.firstAt < $at
RETURN count(DISTINCT caller) AS count
