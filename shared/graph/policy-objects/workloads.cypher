// Every workload the graph has known up to $at: also those of which nothing runs.
MATCH (workload:Workload {cluster: $cluster})
WHERE workload.firstSeen <= $at AND workload.kind IS NOT NULL AND workload.namespace IS NOT NULL
RETURN workload.namespace AS namespace, workload.kind AS kind, workload.name AS name
ORDER BY workload.key
