// Pairs that spoke in the period and not in the day before it: when they had spoken earlier, if ever. Pairs that speak
// every day end in the first step, by the index of buckets. A caller that no workload here carries counts by its arrivals.
CALL () {
  UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - 86400000 - grain[1] AND seen.bucket < $at
    AND CASE WHEN seen.bucket >= $since THEN true ELSE seen.lastAt > $since - 86400000 END
  WITH from, to, min(CASE WHEN seen.bucket >= $since THEN seen.bucket ELSE seen.firstAt END) AS first
  WHERE first >= $since
  RETURN from, to
  UNION ALL
  MATCH (from:Identity|Unauthenticated {cluster: $cluster})
  WHERE NOT EXISTS { (from)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[:RUNS_AS]-(:Workload) }
  MATCH (from)-[seen:ARRIVED_AT]->(to)
  WHERE seen.lastAt > $since - 86400000
  WITH from, to, min(seen.firstAt) AS first
  WHERE first >= $since
  RETURN from, to
}
CALL (from, to) {
  MATCH (from)-[seen:CALLED|ARRIVED_AT]->(to)
  WHERE seen.firstAt < $at
  WITH seen, seen.firstAt >= $since AS now ORDER BY seen.firstAt
  RETURN collect(CASE WHEN NOT now THEN [seen.firstAt, seen.lastAt] END) AS history,
         collect(DISTINCT CASE WHEN now THEN seen.port END) AS ports, min(CASE WHEN now THEN seen.firstAt END) AS first,
         sum(CASE WHEN now THEN CASE WHEN seen.protocol = 'tcp' AND type(seen) = 'CALLED' THEN seen.connections ELSE seen.requests END ELSE 0 END) AS count
}
WITH from, to, history, ports, first, count WHERE first IS NOT NULL AND count > 0
RETURN 'PAIR' AS layer, from.key AS callerKey, head(labels(from)) AS callerLabel, from.namespace AS callerNamespace,
       coalesce(from.namespace + '/', '') + from.name AS caller, to.key AS calleeKey, head(labels(to)) AS calleeLabel,
       to.namespace AS calleeNamespace, coalesce(to.namespace + '/', '') + to.name AS callee, ports, count, first, history,
       // What the caller of a new pair had called until then, and whether anybody of its namespace had called the other.
       CASE WHEN size(history) > 0 THEN [] ELSE COLLECT {
         MATCH (from)-[old:CALLED|ARRIVED_AT]->(former) WHERE old.firstAt < $since RETURN DISTINCT former.key
       } END AS formerly,
       size(history) > 0 OR EXISTS {
         MATCH (peer:Workload)-[old:CALLED]->(other)
         WHERE peer.key STARTS WITH $cluster + '/' + from.namespace + '/' AND other.namespace = to.namespace AND old.firstAt < $since
       } AS namespaceKnown
