// Workloads whose pods Linkerd should have injected, as of $at: a value that changed later is read from its Change.
MATCH (space:Namespace {cluster: $cluster})
WITH space, COLLECT {
  MATCH (space)-[:CHANGED]->(change:Change {path: 'inject'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS later
WHERE coalesce(head(later), '"' + space.inject + '"') IN ['"enabled"', '"ingress"']
MATCH (pod:Pod {cluster: $cluster, namespace: space.name})-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
  AND NOT coalesce(pod.unmeshedReason, '') IN ['host network', 'injection disabled']
WITH pod, workload, COLLECT {
  MATCH (pod)-[:CHANGED]->(change:Change {path: 'phase'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS later
WHERE NOT coalesce(head(later), '"' + pod.phase + '"') IN ['"Succeeded"', '"Failed"']
RETURN count(DISTINCT workload) AS count
