// Written for Workload; the other labels are the same.
UNWIND $keys AS key
MATCH (node:Workload {key: key})
RETURN properties(node) AS properties, [] AS changes
