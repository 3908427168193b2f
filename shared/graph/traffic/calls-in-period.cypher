// Calls of all windows that start in [$since, $until), one row a series, exact to the request.
// $caller, $callee: node keys, or null for any. $cluster: a name, or null for all.
// A relationship inside the period counts by its totals; one that crosses an end counts window by window.
CALL () {
  WITH $caller AS key WHERE key IS NOT NULL
  MATCH (caller:Workload {key: key})-[call:CALLED]->(callee)
  WHERE $callee IS NULL OR callee.key = $callee
  RETURN caller, call, callee
  UNION ALL
  WITH $callee AS key WHERE key IS NOT NULL AND $caller IS NULL
  MATCH (callee:Workload|ExternalWorkload|Service|External|EgressNetwork {key: key})<-[call:CALLED]-(caller:Workload)
  RETURN caller, call, callee
  UNION ALL
  WITH 1 AS any WHERE $caller IS NULL AND $callee IS NULL
  MATCH (caller:Workload)-[call:CALLED]->(callee)
  RETURN caller, call, callee
}
WITH caller, call, callee
WHERE call.firstAt < $until AND call.lastAt > $since AND ($cluster IS NULL OR call.cluster = $cluster)
WITH caller, call, callee, call.firstAt >= $since AND call.lastAt <= $until AS whole, call.at AS at, call.wLength AS lengths
WITH caller, call, callee, whole, at, lengths,
  CASE WHEN whole THEN [] ELSE [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $until] END AS windows
WHERE whole OR size(windows) > 0
WITH caller, call, callee, whole, at, lengths, windows,
  call.wRequests AS wRequests, call.wFailures AS wFailures, call.wRefused AS wRefused,
  call.wConnections AS wConnections, call.wBytesSent AS wBytesSent, call.wBytesReceived AS wBytesReceived,
  call.wCodeAt AS wCodeAt, call.wCode AS wCode, call.wCodeCount AS wCodeCount, call.codes AS codes, call.codeCounts AS codeCounts
WITH caller, call, callee,
  CASE WHEN whole THEN call.firstAt ELSE at[windows[0]] END AS firstAt,
  CASE WHEN whole THEN call.lastAt ELSE at[windows[-1]] + lengths[windows[-1]] END AS lastAt,
  CASE WHEN whole THEN call.requests ELSE reduce(n = 0, i IN windows | n + coalesce(wRequests[i], 0)) END AS requests,
  CASE WHEN whole THEN call.failures ELSE reduce(n = 0, i IN windows | n + coalesce(wFailures[i], 0)) END AS failures,
  CASE WHEN whole THEN call.refused ELSE reduce(n = 0, i IN windows | n + coalesce(wRefused[i], 0)) END AS refused,
  CASE WHEN whole THEN call.connections ELSE reduce(n = 0, i IN windows | n + coalesce(wConnections[i], 0)) END AS connections,
  CASE WHEN whole THEN call.bytesSent ELSE reduce(n = 0, i IN windows | n + coalesce(wBytesSent[i], 0)) END AS bytesSent,
  CASE WHEN whole THEN call.bytesReceived ELSE reduce(n = 0, i IN windows | n + coalesce(wBytesReceived[i], 0)) END AS bytesReceived,
  CASE WHEN whole THEN [i IN range(0, size(codes) - 1) | {code: codes[i], count: codeCounts[i]}]
    ELSE [i IN range(0, size(wCodeAt) - 1) WHERE wCodeAt[i] >= $since AND wCodeAt[i] < $until | {code: wCode[i], count: wCodeCount[i]}]
  END AS outcomes
WITH caller.cluster AS cluster, caller.key AS caller, callee.key AS callee, labels(callee)[0] AS calleeLabel,
  call.port AS port, call.protocol AS protocol, call.tls AS tls, call.noTlsReason AS noTlsReason,
  call.serverIdentity AS serverIdentity, call.service AS service, call.egressNetwork AS egressNetwork,
  sum(requests) AS requests, sum(failures) AS failures, sum(refused) AS refused, sum(connections) AS connections,
  sum(bytesSent) AS bytesSent, sum(bytesReceived) AS bytesReceived, min(firstAt) AS firstAt, max(lastAt) AS lastAt,
  collect(outcomes) AS outcomeLists
CALL (outcomeLists) {
  UNWIND outcomeLists AS outcomes
  UNWIND outcomes AS outcome
  WITH outcome.code AS code, sum(outcome.count) AS count ORDER BY code
  RETURN collect({code: code, count: count}) AS codes
}
RETURN cluster, caller, callee, calleeLabel, port, protocol, tls, noTlsReason, serverIdentity, service, egressNetwork,
  requests, failures, refused, connections, bytesSent, bytesReceived, firstAt, lastAt, codes
ORDER BY caller, callee, port, protocol, tls, serverIdentity, service, egressNetwork
