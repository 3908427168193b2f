// Who called $entity and whom it called, each pair with its first and last window up to $at; of a namespace all its workloads,
// of a Service the calls that went through it. A caller the graph cannot name as a workload counts by its arrivals.
CALL () {
  CALL () {
    MATCH (workload:Workload {key: $entity}) RETURN workload
    UNION
    MATCH (:Namespace {key: $entity})<-[:IN_NAMESPACE]-(workload:Workload) RETURN workload
  }
  CALL (workload) {
    MATCH (workload)-[seen:CALLED]->(to) RETURN workload AS from, to, seen
    UNION ALL
    MATCH (workload)<-[seen:CALLED]-(from) RETURN from, workload AS to, seen
    UNION ALL
    MATCH (workload)<-[arrival:ARRIVED_AT]-(from)
    WITH workload, from, collect(arrival) AS arrivals
    WHERE NOT EXISTS { (from)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[:RUNS_AS]-(:Workload) }
    UNWIND arrivals AS seen
    RETURN from, workload AS to, seen
  }
  RETURN from, to, seen
  UNION ALL
  MATCH (to:Service {key: $entity})<-[seen:CALLED]-(from) RETURN from, to, seen
  UNION ALL
  MATCH (to:Service {key: $entity})-[:SELECTS]->(:Workload)<-[seen:CALLED]-(from)
  WHERE seen.service = to.namespace + '/' + to.name
  RETURN from, to, seen
}
WITH from, to, seen WHERE seen.firstAt < $at
// One that goes on beyond the period's end is read by its windows, or told whole where it has none any more.
WITH from, to, min(seen.firstAt) AS first, max(CASE
       WHEN seen.lastAt <= $at THEN seen.lastAt
       WHEN seen.at IS NULL THEN $at
       ELSE [i IN range(0, size(seen.at) - 1) WHERE seen.at[i] < $at | seen.at[i] + seen.wLength[i]][-1]
     END) AS last
RETURN 'pair' AS what, {
         fromKey: from.key, from: coalesce(from.namespace + '/', '') + from.name,
         toKey: to.key, to: coalesce(to.namespace + '/', '') + to.name, first: first, last: last
       } AS told
