// Pods on the host's network in a namespace that asks for injection, as of $at: a value that changed later is read from
// its Change. Aside: pods that are over, and pods whose owner opted out.
MATCH (pod:Pod {cluster: $cluster, hostNetwork: true})-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
  AND NOT 'linkerd.io/inject=disabled' IN coalesce(pod.annotations, [])
MATCH (space:Namespace {key: $cluster + '/Namespace/' + pod.namespace})
WITH space, pod, workload, COLLECT {
  MATCH (space)-[:CHANGED]->(change:Change {path: 'inject'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS injectLater, COLLECT {
  MATCH (pod)-[:CHANGED]->(change:Change {path: 'phase'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS phaseLater
WHERE coalesce(head(injectLater), '"' + space.inject + '"') IN ['"enabled"', '"ingress"']
  AND NOT coalesce(head(phaseLater), '"' + pod.phase + '"') IN ['"Succeeded"', '"Failed"']
WITH space, workload, pod ORDER BY pod.name
RETURN space.key AS namespaceKey, workload.key AS workloadKey, workload.namespace + '/' + workload.name AS workload,
       collect(pod.name) AS pods, collect(DISTINCT pod.node) AS nodes
ORDER BY workloadKey
