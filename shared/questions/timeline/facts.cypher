// What scans saw happen to $entity after $since and up to $at: of a namespace also to what lives in it, of all of them to the
// policy that is about them. What the first scan found was not seen to appear.
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'cluster'}) WHERE scan.at >= 0
  RETURN scan.at AS firstScan ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
}
CALL () {
  MATCH (subject:Workload|Service|Namespace {key: $entity}) RETURN subject
  UNION
  MATCH (:Namespace {key: $entity})<-[:IN_NAMESPACE]-(subject:Workload|Service) RETURN subject
}
OPTIONAL CALL (subject) {
  MATCH (subject)<-[:SELECTS]-(server:Server) RETURN server AS policy
  UNION
  MATCH (subject)<-[:SELECTS]-(:Server)<-[:TARGETS|ROUTES]-(policy) RETURN policy
  UNION
  MATCH (subject)<-[:SELECTS]-(:Server)<-[:ROUTES]-(:Route)<-[:TARGETS]-(policy) RETURN policy
  UNION
  MATCH (subject)-[:IN_NAMESPACE*0..1]->()<-[:TARGETS]-(policy) RETURN policy
  UNION
  MATCH (subject)<-[:ROUTES]-(policy) RETURN policy
  UNION
  MATCH (policy:Server|AuthorizationPolicy|ServerAuthorization|Authentication|Route|EgressNetwork|RateLimit|ServiceProfile {cluster: $cluster})
  WHERE subject:Namespace AND policy.namespace = subject.name
  RETURN policy
}
WITH firstScan, collect(DISTINCT subject) AS subjects, collect(DISTINCT policy) AS policies
WITH firstScan, subjects, policies + COLLECT { UNWIND policies AS policy MATCH (policy)-[:REQUIRES]->(required:Authentication) RETURN required } AS policies
CALL (subjects, policies) {
  UNWIND subjects + policies AS node
  WITH DISTINCT node, coalesce(node.pastLives, []) + [node.validFrom, node.validTo] AS lives
  UNWIND range(0, size(lives) - 2, 2) AS i
  UNWIND [['appeared', lives[i]], ['vanished', lives[i + 1]]] AS event
  RETURN event[1] AS at, event[0] AS event, node, null AS other, null AS detail, null AS before, null AS after
  UNION
  UNWIND subjects + policies AS node
  MATCH (node)-[:CHANGED]->(change:Change)
  RETURN change.at AS at, 'changed' AS event, node, null AS other, change.path AS detail, change.before AS before, change.after AS after
  UNION
  UNWIND subjects AS node
  MATCH (other:Pod)-[part:PART_OF]->(node)
  UNWIND [['pod came', part.validFrom], ['pod went', part.validTo]] AS event
  RETURN event[1] AS at, event[0] AS event, node, other, null AS detail, null AS before, null AS after
  UNION
  // A relationship that came or went together with one of its ends is told by that end.
  UNWIND subjects + policies AS one
  CALL (one) {
    MATCH (one)-[edge:RUNS_AS|SELECTS|TARGETS|REQUIRES|ADMITS|ROUTES|HOLDS|OWNED_BY|RUNS_IN|EXPOSED_TO]->(other) RETURN one AS node, edge, other
    UNION
    MATCH (one)-[:RUNS_AS]->(account:ServiceAccount)-[edge:BOUND_TO|ASSUMES]->(other) RETURN account AS node, edge, other
    UNION
    MATCH (one)<-[edge:SELECTS]-(service:Service) RETURN service AS node, edge, one AS other
  }
  UNWIND [['opened', edge.validFrom, node.validFrom, other.validFrom], ['closed', edge.validTo, node.validTo, other.validTo]] AS event
  WITH edge, node, other, event
  WHERE coalesce(event[2], 0) <> event[1] AND coalesce(event[3], 0) <> event[1]
    AND NOT event[1] IN coalesce(node.pastLives, []) + coalesce(other.pastLives, [])
  RETURN event[1] AS at, event[0] AS event, node, other, type(edge) AS detail, null AS before, null AS after
}
WITH * WHERE at > firstScan AND at > $since AND at <= $at
RETURN 'fact' AS what, {
         at: at, event: event, detail: detail, before: before, after: after,
         label: head(labels(node)), key: node.key, name: coalesce(node.namespace + '/', '') + node.name,
         otherKey: other.key, other: coalesce(other.namespace + '/', '') + other.name
       } AS told
