// Annotations of running pods that lead past the proxy, one row for each place that sets them.
MATCH (pod:Pod {cluster: $cluster})-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at) AND NOT pod.phase IN ['Succeeded', 'Failed']
MATCH (space:Namespace {key: $cluster + '/Namespace/' + pod.namespace})
WHERE none(label IN coalesce(space.labels, [])
  WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
// As of $at: a value that changed later is read from its Change.
WITH pod, workload, space, COLLECT {
  MATCH (space)-[:CHANGED]->(change:Change {path: 'inject'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS later
WITH pod, workload, space, coalesce(head(later), '"' + space.inject + '"') IN ['"enabled"', '"ingress"'] AS injects
UNWIND coalesce(pod.annotations, []) AS annotation
WITH workload, pod, space, injects, annotation, split(annotation, '=')[0] AS way
WITH workload, pod, space, annotation, way, injects, substring(annotation, size(way) + 1) AS value
WHERE value <> '' AND CASE
  WHEN pod.meshed THEN way IN ['config.linkerd.io/skip-inbound-ports', 'config.linkerd.io/skip-outbound-ports', 'config.linkerd.io/skip-subnets']
  // Any value but these two disables injection, as the injector reads it.
  ELSE way = 'linkerd.io/inject' AND NOT value IN ['enabled', 'ingress'] AND NOT pod.hostNetwork AND injects
  END
// The injector copies the namespace's annotations to pods: then the namespace is where it is set.
WITH CASE WHEN annotation IN coalesce(space.annotations, []) THEN space ELSE workload END AS place, way, value, workload
ORDER BY way, value, workload.namespace, workload.name
RETURN place.key AS placeKey, labels(place)[0] AS placeLabel, coalesce(place.namespace + '/', '') + place.name AS place,
       collect(DISTINCT way) AS ways, collect(DISTINCT way + ': ' + value) AS settings,
       collect(DISTINCT workload.namespace + '/' + workload.name) AS workloads
ORDER BY placeKey
