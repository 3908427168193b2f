// Written for Workload; the other labels are the same.
MATCH (node:Workload)
WHERE node.family IN $families
RETURN node.key AS key, node.hash AS hash, node.family AS family
