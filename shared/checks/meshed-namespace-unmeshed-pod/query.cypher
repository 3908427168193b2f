// Pods without a proxy in a namespace that asks for injection, as of $at: a value that changed later is read from its
// Change. Aside: pods that are over, pods Linkerd cannot inject (host network), pods whose owner opted out.
MATCH (space:Namespace {cluster: $cluster})
WITH space, COLLECT {
  MATCH (space)-[:CHANGED]->(change:Change {path: 'inject'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS later
WHERE coalesce(head(later), '"' + space.inject + '"') IN ['"enabled"', '"ingress"']
MATCH (pod:Pod {cluster: $cluster, namespace: space.name})-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
  AND NOT pod.meshed AND NOT coalesce(pod.unmeshedReason, '') IN ['host network', 'injection disabled']
WITH space, pod, workload, COLLECT {
  MATCH (pod)-[:CHANGED]->(change:Change {path: 'phase'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS later
WHERE NOT coalesce(head(later), '"' + pod.phase + '"') IN ['"Succeeded"', '"Failed"']
WITH space, workload, pod ORDER BY pod.name
RETURN space.key AS namespaceKey, workload.key AS workloadKey, workload.namespace + '/' + workload.name AS workload,
       collect(pod.name) AS pods, collect(DISTINCT pod.unmeshedReason) AS reasons, min(pod.validFrom) AS since
ORDER BY workloadKey
