// Workloads that belong to another environment than their namespace says, as of $at.
MATCH (space:Namespace {cluster: $cluster})-[said:RUNS_IN]->(environment:Environment)
WHERE said.validFrom <= $at AND (said.validTo IS NULL OR said.validTo > $at)
MATCH (workload:Workload)-[in:IN_NAMESPACE]->(space)
WHERE in.validFrom <= $at AND (in.validTo IS NULL OR in.validTo > $at)
MATCH (workload)-[runs:RUNS_IN]->(other:Environment)
WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at) AND other <> environment
WITH space, environment, other, workload ORDER BY workload.name
RETURN space.key AS namespaceKey, space.name AS namespace, environment.name AS environment, other.name AS other,
       collect(workload.key) AS workloadKeys, collect(workload.name) AS workloads
ORDER BY namespace, other
