// Workloads with pods as of $at, and namespaces that set what leads past proxies.
CALL () {
  MATCH (:Pod {cluster: $cluster})-[part:PART_OF]->(workload:Workload)
  WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
  RETURN workload.key AS place
  UNION
  MATCH (space:Namespace {cluster: $cluster})
  WHERE any(word IN space.annotations WHERE word STARTS WITH 'config.linkerd.io/skip-')
  RETURN space.key AS place
}
RETURN count(place) AS count
