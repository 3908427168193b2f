// Workloads with meshed pods, as of $at.
MATCH (pod:Pod {cluster: $cluster, meshed: true})-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
RETURN count(DISTINCT workload) AS count
