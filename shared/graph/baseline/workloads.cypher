// Every workload the graph has known up to $at, with what the entity model reads of it and what changed of that since.
MATCH (workload:Workload {cluster: $cluster})
WHERE workload.firstSeen <= $at AND workload.kind IS NOT NULL AND workload.namespace IS NOT NULL
RETURN workload.namespace AS namespace, workload.kind AS kind, workload.name AS name,
  workload {.labels, .annotations} AS present,
  COLLECT {
    MATCH (workload)-[:CHANGED]->(change:Change)
    WHERE change.at > $at AND change.path IN ['labels', 'annotations']
    RETURN {at: change.at, path: change.path, before: change.before, after: change.after}
  } AS changes
ORDER BY workload.key
