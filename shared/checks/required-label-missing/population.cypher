// What the entity model requires of each namespace and its workloads, as of $at.
MATCH (space:Namespace {cluster: $cluster})
WHERE space.validFrom <= $at AND (space.validTo IS NULL OR space.validTo > $at)
  AND NOT space.name STARTS WITH 'kube-' AND none(label IN coalesce(space.labels, [])
    WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
UNWIND $model.required.namespaces + $model.required.workloads AS required
WITH DISTINCT space, required.facet AS facet
RETURN count(*) AS count
