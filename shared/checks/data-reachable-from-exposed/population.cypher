// Whatever holds data with each exposure it could be reached from, as of $at; the same exposures as in facts.cypher.
CALL () {
  MATCH (holder:Workload|External {cluster: $cluster})-[holds:HOLDS]->(:DataClass)
  WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
  RETURN count(DISTINCT holder) AS holders
}
CALL () {
  MATCH (:Workload {cluster: $cluster})-[exposed:EXPOSED_TO]->(exposure:Exposure)
  WHERE exposed.validFrom <= $at AND (exposed.validTo IS NULL OR exposed.validTo > $since)
    AND NOT toLower(exposure.name) IN ['none', 'internal', 'private', 'cluster']
  RETURN count(DISTINCT exposure) AS exposures
}
RETURN holders * exposures AS count
