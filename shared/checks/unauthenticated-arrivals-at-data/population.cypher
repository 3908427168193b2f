// Ports of workloads that hold data and let somebody in during the period, by whole relationships, not windows.
MATCH (client:Identity|Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at AND arrival.verdict IN ['allowed', 'audited']
WITH DISTINCT workload, arrival.port AS port
WHERE EXISTS {
  (workload)-[holds:HOLDS]->(:DataClass) WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
}
RETURN count(*) AS count
