// What lives at $at, or is named by the entity model, with its owner: one row an owner and namespace.
CALL () {
  MATCH (entity:Workload {cluster: $cluster})
  WHERE entity.validFrom <= $at AND (entity.validTo IS NULL OR entity.validTo > $at)
  RETURN entity
  UNION ALL
  MATCH (:Owner {cluster: $cluster})<-[owned:OWNED_BY]-(entity:External)
  WHERE owned.validFrom <= $at AND (owned.validTo IS NULL OR owned.validTo > $at)
  RETURN DISTINCT entity
}
OPTIONAL MATCH (entity)-[owned:OWNED_BY]->(owner:Owner)
WHERE owned.validFrom <= $at AND (owned.validTo IS NULL OR owned.validTo > $at)
WITH owner.name AS owner, entity,
     EXISTS { (entity)-[holds:HOLDS]->() WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at) } AS data
ORDER BY entity.name, entity.key
RETURN owner, entity.namespace AS namespace, collect(entity.name) AS names, collect(entity.key) AS keys,
       collect(CASE WHEN data THEN entity.name END) AS holding
