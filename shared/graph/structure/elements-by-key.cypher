// Written for Workload; the other labels are the same.
UNWIND $keys AS key
MATCH (node:Workload {key: key})
RETURN node.key AS key, elementId(node) AS element
