// Whatever holds data, as of $at.
MATCH (holder:Workload|External {cluster: $cluster})-[holds:HOLDS]->(:DataClass)
WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
RETURN count(DISTINCT holder) AS count
