// Written for Workload; the other labels are the same. Where an entity lives and whose it is: by itself, by the workloads
// that it is part of or that show this identity, and by its namespace.
UNWIND $links AS link
MATCH (entity:Workload {key: link.key})
CALL (entity) {
  RETURN entity AS holder
  UNION
  MATCH (entity)-[part:PART_OF]->(holder) WHERE part.validTo IS NULL
  RETURN holder
  UNION
  MATCH (entity)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(holder) WHERE runs.validTo IS NULL
  RETURN holder
}
WITH link, holder, CASE WHEN holder:Namespace THEN holder.name ELSE holder.namespace END AS namespace
WITH link, namespace, COLLECT {
  MATCH (holder)-[owned:OWNED_BY]->(owner) WHERE owned.validTo IS NULL
  RETURN owner.name
  UNION
  MATCH (:Namespace {key: $cluster + '/Namespace/' + namespace})-[owned:OWNED_BY]->(owner) WHERE owned.validTo IS NULL
  RETURN owner.name
} AS owners
RETURN link.finding AS finding, collect(DISTINCT namespace) AS namespaces, collect(DISTINCT owners) AS owners
