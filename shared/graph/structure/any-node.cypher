// Written for Workload; the other labels are the same.
MATCH (node:Workload)
WHERE node.key STARTS WITH $cluster
RETURN true AS exists
LIMIT 1
