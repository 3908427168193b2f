// Pairs that called in the period and were last seen $silent ms before its end or earlier, by either layer. A caller the
// graph cannot name as a workload (no identity, or one nobody here carries) counts by its arrivals. Buckets are found by the
// index: one that begins up to its own length before may reach into the period.
CALL () {
  UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - grain[1] AND seen.bucket < $at
  RETURN from, to, seen
  UNION ALL
  MATCH (from:Identity|Unauthenticated {cluster: $cluster})
  WHERE NOT EXISTS { (from)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[:RUNS_AS]-(:Workload) }
  MATCH (from)-[seen:ARRIVED_AT]->(to:Workload) WHERE seen.lastAt > $since
  RETURN from, to, seen
}
// A relationship that goes on beyond the period's end is read by its windows, or told whole where it has none any more.
WITH from, to, max(CASE
       WHEN seen.lastAt <= $at THEN seen.lastAt
       WHEN seen.firstAt >= $at THEN null
       WHEN seen.at IS NULL THEN $at
       ELSE [i IN range(0, size(seen.at) - 1) WHERE seen.at[i] < $at | seen.at[i] + seen.wLength[i]][-1]
     END) AS last
WHERE last > $since AND last <= $at - $silent
// A caller that died took its last counts with it; what arrived of them is the later word, where the identity names it alone.
WITH from, to, last, COLLECT {
  MATCH (from)-[:RUNS_AS]->(:ServiceAccount)-[:HAS_IDENTITY]->(identity:Identity)-[arrival:ARRIVED_AT]->(to)
  WHERE arrival.lastAt > last AND arrival.firstAt < $at
    AND NOT EXISTS { (identity)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[:RUNS_AS]-(other:Workload) WHERE other <> from }
  RETURN CASE WHEN arrival.lastAt <= $at THEN arrival.lastAt ELSE $at END
} AS arrivals
WITH from, to, reduce(latest = last, one IN arrivals | CASE WHEN one > latest THEN one ELSE latest END) AS last
WHERE last <= $at - $silent
CALL (from, to) {
  MATCH (from)-[seen:CALLED|ARRIVED_AT]->(to) WHERE seen.firstAt < $at
  RETURN min(seen.firstAt) AS first, collect(DISTINCT seen.port) AS ports
}
RETURN 'pair' AS what, {
         fromKey: from.key, from: coalesce(from.namespace + '/', '') + from.name,
         toKey: to.key, to: coalesce(to.namespace + '/', '') + to.name,
         first: first, last: last, ports: ports,
         // What a scan saw go; of what none ever saw nothing is known.
         gone: [end IN [from, to] | CASE
           WHEN end.validTo <= $at THEN 'gone'
           WHEN NOT end:Workload OR end.validFrom IS NULL OR NOT EXISTS { (:Pod)-[:PART_OF]->(end) } THEN 'unknown'
           WHEN EXISTS { (:Pod)-[part:PART_OF]->(end) WHERE part.validFrom <= $at AND coalesce(part.validTo > $at, true) } THEN 'there'
           ELSE 'without pods' END]
       } AS told
