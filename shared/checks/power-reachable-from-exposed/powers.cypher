// Workloads whose ServiceAccount has dangerous powers, as of $at. Aside: roles and bindings of Kubernetes and EKS, but for
// the ones that people bind (cluster-admin, admin, edit), and Linkerd's own control plane.
MATCH (holder:Workload {cluster: $cluster})-[runs:RUNS_AS]->(account:ServiceAccount)-[bound:BOUND_TO]->(role:Role)
WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
  AND bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at)
  AND NOT (bound.binding CONTAINS '/system:' OR bound.binding CONTAINS '/eks:')
  AND NOT EXISTS {
    (space:Namespace {key: $cluster + '/Namespace/' + holder.namespace})
    WHERE any(label IN space.labels
      WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
  }
WITH holder, account, bound, role,
     ['wildcard', 'escalates', 'impersonates', 'readsSecrets', 'writesSecrets', 'execs', 'createsTokens', 'createsPods', 'editsPolicy'] AS powers
UNWIND range(0, size(powers) - 1) AS rank
WITH holder, account, bound, rank, powers[rank] AS power, role WHERE role[power]
WITH holder, account, bound, power ORDER BY bound.namespace IS NOT NULL, bound.namespace, rank
RETURN 'HELD' AS layer, holder.key AS key, account.namespace + '/' + account.name AS account,
       collect(DISTINCT {power: power, namespace: bound.namespace}) AS grants, collect(DISTINCT bound.binding) AS bindings
