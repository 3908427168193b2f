// ServiceAccounts that something runs as, as of $at.
MATCH (account:ServiceAccount {cluster: $cluster})<-[runs:RUNS_AS]-(:Workload)
WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
RETURN count(DISTINCT account) AS count
