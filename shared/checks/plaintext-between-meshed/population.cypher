// Who called which port of a workload with a proxy in the period, whatever the TLS. By whole relationships, not windows.
MATCH (caller:Workload {cluster: $cluster})-[call:CALLED]->(callee:Workload)
WHERE call.lastAt > $since AND call.firstAt < $at AND coalesce(call.noTlsReason, '') <> 'loopback'
WITH DISTINCT caller, callee, call.port AS port
WITH callee, count(*) AS pairs
WHERE EXISTS {
  (pod:Pod)-[part:PART_OF]->(callee)
  WHERE pod.meshed AND part.validFrom < $at AND (part.validTo IS NULL OR part.validTo > $since)
}
RETURN sum(pairs) AS count
