// Calls that ended at a Service because no workload answered, where none is ready at $at either. Aside: Services
// without a selector (their endpoints are nobody's pods) and mirrors of a Service in another cluster.
MATCH (caller:Workload {cluster: $cluster})-[call:CALLED]->(service:Service)
WHERE call.lastAt > $since AND call.firstAt < $at AND service.mirrorOf IS NULL
  AND coalesce(service.type, '') <> 'ExternalName' AND (service.validFrom IS NULL OR size(coalesce(service.selector, [])) > 0)
WITH caller, service, call, call.at AS at, call.wLength AS length, call.protocol = 'tcp' AS tcp
WITH caller, service, call, at, length,
     CASE WHEN tcp THEN call.connections ELSE call.requests END AS total,
     CASE WHEN tcp THEN call.wConnections ELSE call.wRequests END AS counts
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH caller, service, call,
     CASE WHEN at IS NULL OR (call.firstAt >= $since AND call.lastAt <= $at)
       THEN {count: total, first: call.firstAt, last: call.lastAt}
       ELSE reduce(
         s = {count: 0}, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] |
         {count: s.count + counts[i], first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS seen
WHERE seen.count > 0
WITH caller, service, call.port AS port, sum(seen.count) AS count, min(seen.first) AS first, max(seen.last) AS last
WITH *, coalesce(service.validFrom <= $at AND (service.validTo IS NULL OR service.validTo > $at), false)
       OR any(i IN range(0, size(coalesce(service.pastLives, [])) - 2, 2)
         WHERE service.pastLives[i] <= $at AND service.pastLives[i + 1] > $at) AS live,
     COLLECT {
       MATCH (service)-[selects:SELECTS]->(workload:Workload|ExternalWorkload)
       WHERE selects.validFrom <= $at AND (selects.validTo IS NULL OR selects.validTo > $at)
       RETURN workload
     } AS selected
WHERE NOT any(workload IN selected WHERE workload:ExternalWorkload OR EXISTS {
  MATCH (pod:Pod)-[part:PART_OF]->(workload)
  WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
  // As of $at: a value that changed later is read from its Change.
  WITH pod, COLLECT {
    MATCH (pod)-[:CHANGED]->(change:Change {path: 'ready'}) WHERE change.at > $at
    RETURN change.before ORDER BY change.at LIMIT 1
  } AS later
  WHERE coalesce(head(later), toString(pod.ready)) = 'true'
  RETURN pod
})
RETURN caller.key AS callerKey, caller.namespace + '/' + caller.name AS caller,
       service.key AS serviceKey, service.namespace + '/' + service.name AS service, live,
       [workload IN selected | workload.namespace + '/' + workload.name] AS selected, port, count, first, last
ORDER BY count DESC, callerKey, serviceKey, port
