// Meshed pods that lack what their namespace sets, though their own template does not set it otherwise, as of $at.
MATCH (space:Namespace {cluster: $cluster})
// As of $at: a value that changed later is read from its Change, where the list is JSON text.
WITH space, COLLECT {
  MATCH (space)-[:CHANGED]->(change:Change {path: 'annotations'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS later
WITH space, CASE WHEN size(later) = 0 THEN coalesce(space.annotations, [])
  ELSE split(substring(later[0], 2, size(later[0]) - 4), '","') END AS annotations
UNWIND annotations AS annotation
WITH space, annotation, split(annotation, '=')[0] AS setting
WHERE setting IN ['config.linkerd.io/default-inbound-policy', 'config.linkerd.io/skip-inbound-ports',
  'config.linkerd.io/skip-outbound-ports', 'config.linkerd.io/opaque-ports']
WITH collect({space: space, setting: setting, annotation: annotation}) AS wanted
// Pods are walked once, not once a namespace.
MATCH (pod:Pod {cluster: $cluster, meshed: true})-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at) AND NOT pod.phase IN ['Succeeded', 'Failed']
// A bare Pod has no template apart from itself, and of kinds of operators' own the template is not known.
  AND workload.kind IN ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob']
UNWIND [want IN wanted WHERE want.space.name = pod.namespace] AS want
WITH want.space AS space, workload, pod, want, [word IN coalesce(pod.annotations, []) WHERE word STARTS WITH want.setting + '='] AS has
WHERE NOT want.annotation IN has
  AND none(word IN coalesce(workload.annotations, []) WHERE word STARTS WITH want.setting + '=')
WITH space, workload, pod, want.setting AS setting, replace(want.setting, 'config.linkerd.io/', '') + ' is '
  + coalesce(substring(has[0], size(want.setting) + 1), 'not set') + ' instead of ' + substring(want.annotation, size(want.setting) + 1) AS difference
ORDER BY pod.name, setting
RETURN workload.key AS workloadKey, workload.namespace + '/' + workload.name AS workload, space.key AS namespaceKey,
       collect(DISTINCT pod.name) AS pods, collect(DISTINCT setting) AS settings, collect(DISTINCT difference) AS differences
ORDER BY workloadKey
