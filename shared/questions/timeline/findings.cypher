// The findings about $entity, its pods, its ServiceAccount and identity; of a namespace those about what lives in it.
CALL () {
  MATCH (subject:Workload|Service|Namespace {key: $entity}) RETURN subject
  UNION
  MATCH (:Namespace {key: $entity})<-[:IN_NAMESPACE]-(subject) RETURN subject
}
CALL (subject) {
  RETURN subject AS about
  UNION
  MATCH (subject)<-[:PART_OF]-(about:Pod) RETURN about
  UNION
  MATCH (subject)-[:RUNS_AS]->(about:ServiceAccount) RETURN about
  UNION
  MATCH (subject)-[:RUNS_AS]->(:ServiceAccount)-[:HAS_IDENTITY]->(about:Identity) RETURN about
}
MATCH (about)<-[:ABOUT]-(finding:Finding)
WITH DISTINCT finding
RETURN 'finding' AS what,
       {key: finding.key, check: finding.check, message: finding.message, severity: finding.severity, history: finding.history} AS told
