// ServiceAccounts that something runs as, and that have a namesake in another cluster, as of $at.
MATCH (other:Cluster) WHERE other.name <> $cluster
WITH collect(other.name) AS others
MATCH (account:ServiceAccount {cluster: $cluster})<-[runs:RUNS_AS]-(:Workload)
WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at) AND any(cluster IN others WHERE EXISTS {
  (:ServiceAccount {key: cluster + '/' + account.namespace + '/ServiceAccount/' + account.name})
})
RETURN count(DISTINCT account) AS count
