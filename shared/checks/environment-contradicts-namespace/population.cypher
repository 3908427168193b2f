// Workloads in namespaces that say their environment, as of $at.
MATCH (space:Namespace {cluster: $cluster})-[said:RUNS_IN]->(:Environment)
WHERE said.validFrom <= $at AND (said.validTo IS NULL OR said.validTo > $at)
MATCH (workload:Workload)-[in:IN_NAMESPACE]->(space)
WHERE in.validFrom <= $at AND (in.validTo IS NULL OR in.validTo > $at)
RETURN count(DISTINCT workload) AS count
