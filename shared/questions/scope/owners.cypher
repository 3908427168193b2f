// Who owned what in the period: what says so itself, and the pods, ServiceAccounts and identities of such a workload.
MATCH (owner:Owner {cluster: $cluster})<-[owned:OWNED_BY]-(holder)
WHERE owned.validFrom <= $at AND (owned.validTo IS NULL OR owned.validTo > $since)
CALL (holder) {
  RETURN holder AS entity
  UNION
  MATCH (holder)<-[part:PART_OF]-(entity:Pod)
  WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $since)
  RETURN entity
  UNION
  MATCH (holder)-[runs:RUNS_AS]->(account:ServiceAccount)
  WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $since)
  UNWIND [account] + COLLECT { MATCH (account)-[:HAS_IDENTITY]->(identity:Identity) RETURN identity } AS entity
  RETURN entity
}
RETURN DISTINCT entity.key AS key, owner.name AS owner
