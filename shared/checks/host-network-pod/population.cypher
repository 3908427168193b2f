// Workloads with pods in a namespace that asks for injection, as of $at: a value that changed later is read from its Change.
MATCH (pod:Pod {cluster: $cluster})-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
MATCH (space:Namespace {key: $cluster + '/Namespace/' + pod.namespace})
WITH DISTINCT space, workload
WITH workload, space, COLLECT {
  MATCH (space)-[:CHANGED]->(change:Change {path: 'inject'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS later
WHERE coalesce(head(later), '"' + space.inject + '"') IN ['"enabled"', '"ingress"']
RETURN count(workload) AS count
