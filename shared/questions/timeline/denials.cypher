// Whom $entity, or the workloads of a namespace, turned away, and where they were turned away themselves: the windows of each.
// An identity names the workload that alone carries it.
CALL () {
  MATCH (workload:Workload {key: $entity}) RETURN workload
  UNION
  MATCH (:Namespace {key: $entity})<-[:IN_NAMESPACE]-(workload:Workload) RETURN workload
}
CALL (workload) {
  MATCH (workload)<-[seen:ARRIVED_AT]-(from)
  WHERE seen.verdict IN ['denied', 'noRoute', 'rateLimited', 'terminated'] AND seen.firstAt < $at AND seen.lastAt > $since
  RETURN from, workload AS to, seen, seen.verdict AS verdict, seen.requests AS total, seen.wRequests AS counts
  UNION
  MATCH (workload)-[:RUNS_AS]->(:ServiceAccount)-[:HAS_IDENTITY]->(from:Identity)-[seen:ARRIVED_AT]->(to)
  WHERE seen.verdict IN ['denied', 'noRoute', 'rateLimited', 'terminated'] AND seen.firstAt < $at AND seen.lastAt > $since
  RETURN from, to, seen, seen.verdict AS verdict, seen.requests AS total, seen.wRequests AS counts
  UNION
  MATCH (workload)-[seen:CALLED]->(to)
  WHERE seen.refused > 0 AND seen.egressNetwork IS NOT NULL AND seen.firstAt < $at AND seen.lastAt > $since
  RETURN workload AS from, to, seen, 'refused' AS verdict, seen.refused AS total, seen.wRefused AS counts
}
WITH DISTINCT from, to, seen, verdict, total, counts, COLLECT {
  MATCH (from)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(owner:Workload)
  WHERE runs.validTo IS NULL OR runs.validTo > $since
  RETURN DISTINCT owner
} AS owners
WITH CASE WHEN size(owners) = 1 THEN owners[0] ELSE from END AS from, to, seen, verdict, total, counts
RETURN 'denial' AS what, {
         fromKey: from.key, from: coalesce(from.namespace + '/', '') + from.name,
         toKey: to.key, to: coalesce(to.namespace + '/', '') + to.name,
         verdict: verdict, port: seen.port, policy: coalesce(seen.rateLimit, seen.egressNetwork, seen.server),
         first: seen.firstAt, last: seen.lastAt, total: total, at: seen.at, length: seen.wLength, counts: counts
       } AS told
