// What decides over calls and lived at $at, each with what changed of it since, and the workload a pod belongs to.
MATCH (node:Cluster|Namespace|Pod|Service|ExternalWorkload|Server|AuthorizationPolicy|ServerAuthorization|Authentication|Route|EgressNetwork|RateLimit {cluster: $cluster})
WITH node, node.pastLives AS lives
WHERE node.validFrom <= $at AND coalesce(node.validTo > $at, true)
  OR any(i IN range(0, coalesce(size(lives), 0) - 2, 2) WHERE lives[i] <= $at AND lives[i + 1] > $at)
RETURN head(labels(node)) AS label, properties(node) AS present,
  COLLECT {
    MATCH (node)-[:CHANGED]->(change:Change) WHERE change.at > $at
    RETURN {at: change.at, path: change.path, before: change.before, after: change.after}
  } AS changes,
  COLLECT {
    MATCH (node)-[part:PART_OF]->(workload:Workload)
    WHERE part.validFrom <= $at AND coalesce(part.validTo > $at, true)
    RETURN {namespace: workload.namespace, kind: workload.kind, name: workload.name}
  } AS owners
ORDER BY node.key
