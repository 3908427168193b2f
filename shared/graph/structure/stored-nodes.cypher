// Written for Workload; the other labels are the same.
MATCH (node:Workload)
WHERE node.family IN $families
RETURN properties(node) AS properties, COLLECT {
  MATCH (node)-[:CHANGED]->(change:Change)
  RETURN {key: change.key, at: change.at, path: change.path, before: change.before, after: change.after}
} AS changes
