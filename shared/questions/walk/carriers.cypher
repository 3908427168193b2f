// The workloads that carried each identity in the period.
MATCH (identity:Identity {cluster: $cluster})<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(carrier:Workload)
WHERE runs.validTo IS NULL OR runs.validTo > $since
WITH DISTINCT identity, carrier ORDER BY carrier.key
RETURN identity.key AS identity, collect(carrier.key) AS carriers
