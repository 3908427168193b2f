// ServiceAccounts that something runs as and that may do everything in the whole cluster, as of $at. Aside: Kubernetes' own
// namespaces, and what Kubernetes and EKS bind.
MATCH (role:Role {cluster: $cluster, wildcard: true})<-[bound:BOUND_TO]-(account:ServiceAccount)
WHERE bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at) AND bound.namespace IS NULL
  AND NOT (bound.binding CONTAINS '/system:' OR bound.binding CONTAINS '/eks:') AND NOT account.namespace STARTS WITH 'kube-'
MATCH (account)<-[runs:RUNS_AS]-(workload:Workload)
WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
WITH account, bound.binding AS binding, role, workload ORDER BY binding, workload.key
RETURN account.key AS accountKey, account.namespace + '/' + account.name AS account,
       collect(DISTINCT binding) AS bindings, collect(DISTINCT role.name) AS roles,
       collect(DISTINCT workload.key) AS workloadKeys, collect(DISTINCT workload.namespace + '/' + workload.name) AS workloads
ORDER BY accountKey
