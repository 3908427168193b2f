// Calls that left the caller's proxy without mesh TLS although pods of the called workload had a proxy at the time.
MATCH (caller:Workload {cluster: $cluster})-[call:CALLED]->(callee:Workload)
WHERE call.lastAt > $since AND call.firstAt < $at
  AND call.tls IN ['no_identity', 'disabled'] AND coalesce(call.noTlsReason, '') <> 'loopback'
WITH caller, callee, call, call.at AS at, call.wLength AS length, call.protocol = 'tcp' AS tcp
WITH caller, callee, call, at, length,
     CASE WHEN tcp THEN call.connections ELSE call.requests END AS total,
     CASE WHEN tcp THEN call.wConnections ELSE call.wRequests END AS counts
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH caller, callee, call,
     CASE WHEN at IS NULL OR (call.firstAt >= $since AND call.lastAt <= $at)
       THEN {count: total, first: call.firstAt, last: call.lastAt}
       ELSE reduce(
         s = {count: 0}, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] |
         {count: s.count + counts[i], first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS seen
WHERE seen.first IS NOT NULL
WITH caller, callee, call.port AS port, collect(DISTINCT call.noTlsReason) AS reasons,
     sum(seen.count) AS count, min(seen.first) AS first, max(seen.last) AS last
WHERE EXISTS {
  (pod:Pod)-[part:PART_OF]->(callee)
  WHERE pod.meshed AND part.validFrom < last AND (part.validTo IS NULL OR part.validTo > first)
}
RETURN caller.key AS callerKey, caller.namespace + '/' + caller.name AS caller,
       callee.key AS calleeKey, callee.namespace + '/' + callee.name AS callee,
       port, reasons, EXISTS {
         MATCH (pod:Pod)-[part:PART_OF]->(callee)
         WHERE pod.meshed AND part.validFrom < last AND (part.validTo IS NULL OR part.validTo > first)
         UNWIND [word IN pod.annotations WHERE word STARTS WITH 'config.linkerd.io/skip-inbound-ports=' | substring(word, 37)] AS skips
         UNWIND split(skips, ',') AS item
         WITH [edge IN split(item, '-') | toInteger(trim(edge))] AS edges
         WHERE edges[0] <= port AND port <= edges[-1]
         RETURN edges
       } AS skipped, count, first, last
ORDER BY count DESC, callerKey, calleeKey, port
