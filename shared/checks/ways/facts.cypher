// What the ends of calls are, as of $at: names, the workloads that carry an identity, who holds which data, who is exposed
// to whom, who has no owner, and whose ServiceAccount has power over the cluster. The control plane and its extensions,
// which everybody calls and nobody here owns, are left out of the last two.
CALL () {
  MATCH (node:Workload|ExternalWorkload|Service|External|EgressNetwork|Identity|Unauthenticated {cluster: $cluster})
  RETURN 'NODE' AS layer, node AS to, coalesce(node.namespace + '/', '') + node.name AS name, null AS from
  UNION ALL
  MATCH (identity:Identity {cluster: $cluster})<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(workload:Workload)
  WHERE runs.validTo IS NULL OR runs.validTo > $since
  RETURN 'CARRIED_BY' AS layer, identity AS to, null AS name, workload AS from
  UNION ALL
  MATCH (holder:Workload|External {cluster: $cluster})-[holds:HOLDS]->(data:DataClass)
  WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
  RETURN 'HELD_BY' AS layer, data AS to, data.name AS name, holder AS from
  UNION ALL
  // Who begins a way may be gone by $at: it counts by what it was in the period.
  MATCH (workload:Workload {cluster: $cluster})-[exposed:EXPOSED_TO]->(exposure:Exposure)
  WHERE exposed.validFrom <= $at AND (exposed.validTo IS NULL OR exposed.validTo > $since)
    // What such a label says of a workload that is reached from inside alone.
    AND NOT toLower(exposure.name) IN ['none', 'internal', 'private', 'cluster']
  RETURN 'EXPOSED' AS layer, exposure AS to, exposure.name AS name, workload AS from
  UNION ALL
  // Where nobody owns anything, owners are not kept in this cluster, and none is missing.
  MATCH (:Owner {cluster: $cluster})<-[any:OWNED_BY]-(:Workload)
  WHERE any.validFrom <= $at AND (any.validTo IS NULL OR any.validTo > $at)
  WITH any LIMIT 1
  MATCH (workload:Workload {cluster: $cluster})
  WHERE workload.validFrom <= $at AND (workload.validTo IS NULL OR workload.validTo > $since) AND NOT EXISTS {
    (workload)-[owned:OWNED_BY]->() WHERE owned.validFrom <= $at AND (owned.validTo IS NULL OR owned.validTo > $since)
  } AND NOT EXISTS {
    (space:Namespace {key: $cluster + '/Namespace/' + workload.namespace})
    WHERE any(label IN space.labels
      WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
  }
  RETURN 'UNOWNED' AS layer, null AS to, null AS name, workload AS from
  UNION ALL
  MATCH (workload:Workload {cluster: $cluster})-[runs:RUNS_AS]->(:ServiceAccount)-[bound:BOUND_TO]->(role:Role)
  WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
    AND bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at)
    AND (role.readsSecrets OR role.writesSecrets OR role.execs OR role.escalates OR role.impersonates OR role.createsTokens
      OR role.wildcard)
    AND NOT EXISTS {
      (space:Namespace {key: $cluster + '/Namespace/' + workload.namespace})
      WHERE any(label IN space.labels
        WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
    }
  RETURN 'POWER' AS layer, null AS to, role.name AS name, workload AS from
}
RETURN layer, coalesce(to.key, '') AS key, head(labels(to)) AS label, name, collect(from.key) AS from
