// Written for Workload; the other labels are the same. Read along the index of keys, page by page.
MATCH (node:Workload)
WHERE node.key > $after AND ($cluster IS NULL OR node.cluster = $cluster)
WITH node ORDER BY node.key LIMIT $limit
RETURN properties(node) AS properties, COLLECT {
  MATCH (node)-[relation]->(to)
  WHERE type(relation) IN $types
  RETURN {type: type(relation), label: labels(to)[0], key: to.key, properties: properties(relation)}
} AS relations
