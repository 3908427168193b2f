// What a question can be asked about whose keys begin so: by the index of each label.
CALL () {
  MATCH (node:Workload) WHERE node.key STARTS WITH $prefix RETURN node
  UNION ALL
  MATCH (node:Service) WHERE node.key STARTS WITH $prefix RETURN node
  UNION ALL
  MATCH (node:ExternalWorkload) WHERE node.key STARTS WITH $prefix RETURN node
  UNION ALL
  MATCH (node:EgressNetwork) WHERE node.key STARTS WITH $prefix RETURN node
}
RETURN head(labels(node)) AS label, node.key AS key, node.namespace AS namespace, node.kind AS kind, node.name AS name
ORDER BY key
