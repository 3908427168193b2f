// Of workloads by $names ("namespace/name") or $identities of which nothing ran at $at: the pod that ended last before, else the one that
// began first after, as of the last or first instant it was seen.
MATCH (workload:Workload {cluster: $cluster})<-[part:PART_OF]-(pod:Pod)
WHERE workload.namespace + '/' + workload.name IN $names OR EXISTS {
  MATCH (workload)-[:RUNS_AS]->(:ServiceAccount)-[:HAS_IDENTITY]->(identity:Identity) WHERE identity.name IN $identities
}
WITH workload, collect({pod: pod, began: part.validFrom, ended: part.validTo}) AS spans
WHERE none(span IN spans WHERE span.began <= $at AND coalesce(span.ended > $at, true))
UNWIND spans AS span
WITH workload, span, span.began <= $at AS isPast
ORDER BY isPast DESC, CASE WHEN isPast THEN -span.ended ELSE span.began END, span.pod.key
WITH workload, collect({pod: span.pod, asOf: CASE WHEN isPast THEN span.ended - 1 ELSE span.began END})[0] AS nearest
WITH workload, nearest.pod AS pod, nearest.asOf AS asOf
RETURN 'Pod' AS label, properties(pod) AS present, asOf,
  COLLECT {
    MATCH (pod)-[:CHANGED]->(change:Change) WHERE change.at > asOf
    RETURN {at: change.at, path: change.path, before: change.before, after: change.after}
  } AS changes,
  [{namespace: workload.namespace, kind: workload.kind, name: workload.name}] AS owners
