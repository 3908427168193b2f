// Entries of the configuration that name nothing in any cluster of the graph, as of $at. The configuration is one for all
// clusters: it is told with the first of them. An address counts as missing once calls were watched for $watched ms.
CALL () {
  MATCH (lease:Lease) RETURN min(lease.key) AS first
}
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'}) RETURN min(scan.from) AS watchedSince
}
WITH first, watchedSince WHERE first = $cluster AND size($model.entries) > 0
CALL () {
  MATCH (node:Namespace)
  WHERE node.name IN $model.entries AND node.validFrom <= $at AND (node.validTo IS NULL OR node.validTo > $at)
  RETURN node.name AS name
  UNION
  MATCH (node:Workload)
  WHERE node.namespace + '/' + node.name IN $model.entries
    AND node.validFrom <= $at AND (node.validTo IS NULL OR node.validTo > $at)
  RETURN node.namespace + '/' + node.name AS name
  UNION
  MATCH (node:External)
  WHERE node.address IN $model.entries AND EXISTS { (node)<-[call:CALLED]-() WHERE call.firstAt < $at }
  RETURN node.address AS name
}
WITH watchedSince, collect(name) AS matched
UNWIND [entry IN $model.entries WHERE NOT entry IN matched] AS entry
// As the entity model tells them apart: names of namespaces hold no dot and no colon.
WITH watchedSince, entry, CASE
       WHEN entry CONTAINS '/' THEN 'workload'
       WHEN entry CONTAINS '.' OR entry CONTAINS ':' THEN 'address'
       ELSE 'namespace'
     END AS kind
WHERE kind <> 'address' OR $at - watchedSince >= $watched
RETURN entry, kind, $cluster AS clusterKey
ORDER BY entry
