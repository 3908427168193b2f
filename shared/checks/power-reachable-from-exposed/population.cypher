// Workloads whose ServiceAccount has dangerous powers, as of $at.
MATCH (holder:Workload {cluster: $cluster})-[runs:RUNS_AS]->(:ServiceAccount)-[bound:BOUND_TO]->(role:Role)
WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
  AND bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at)
  AND (role.readsSecrets OR role.writesSecrets OR role.execs OR role.escalates OR role.impersonates OR role.createsTokens
    OR role.createsPods OR role.editsPolicy OR role.wildcard)
RETURN count(DISTINCT holder) AS count
