// Namespaces that do not tell what the entity model requires of them or of their workloads, as of $at, one row a namespace
// and facet. Aside: namespaces of Kubernetes and Linkerd, and `default` while nothing lives there.
MATCH (space:Namespace {cluster: $cluster})
WHERE space.validFrom <= $at AND (space.validTo IS NULL OR space.validTo > $at)
  AND NOT space.name STARTS WITH 'kube-' AND none(label IN coalesce(space.labels, [])
    WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
WITH space, coalesce(space.labels, []) + coalesce(space.annotations, []) AS pairs, COLLECT {
  MATCH (workload:Workload)-[in:IN_NAMESPACE]->(space)
  WHERE in.validFrom <= $at AND (in.validTo IS NULL OR in.validTo > $at)
  RETURN workload ORDER BY workload.name
} AS workloads
UNWIND $model.required.namespaces + $model.required.workloads AS required
WITH DISTINCT space, pairs, workloads, required
// Namespaces lead to owner and environment in the graph; the rest is read from what they wear.
WITH space, required, required IN $model.required.namespaces AND (space.name <> 'default' OR size(workloads) > 0)
       AND NOT space.name IN required.entries
       AND NOT EXISTS {
         (space)-[told:OWNED_BY|RUNS_IN]->()
         WHERE type(told) = required.relationship AND told.validFrom <= $at AND (told.validTo IS NULL OR told.validTo > $at)
       }
       AND NOT (required.relationship IN ['EXPOSED_TO', 'HOLDS'] AND any(pair IN pairs
         WHERE any(name IN required.names WHERE pair STARTS WITH name + '=' AND size(pair) > size(name) + 1)))
     AS itself,
     [workload IN workloads WHERE required IN $model.required.workloads AND NOT space.name IN required.entries
       AND NOT space.name + '/' + workload.name IN required.entries
       AND NOT EXISTS {
         (workload)-[told:OWNED_BY|RUNS_IN|EXPOSED_TO|HOLDS]->()
         WHERE type(told) = required.relationship AND told.validFrom <= $at AND (told.validTo IS NULL OR told.validTo > $at)
       }] AS workloads
WHERE itself OR size(workloads) > 0
RETURN space.key AS namespaceKey, space.name AS namespace, required.facet AS facet, required.names AS names, itself,
       [workload IN workloads | workload.key] AS workloadKeys, [workload IN workloads | workload.name] AS workloads
ORDER BY namespace, facet
