// Identities that a workload with pods has, as of $at.
MATCH (identity:Identity {cluster: $cluster})<-[has:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(workload:Workload)
WHERE has.validFrom <= $at AND (has.validTo IS NULL OR has.validTo > $at)
  AND runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
  AND EXISTS {
    (:Pod)-[part:PART_OF]->(workload) WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
  }
RETURN count(DISTINCT identity) AS count
