// Arrivals of all windows that start in [$since, $until), one row a series, exact to the request.
// $identity, $workload: node keys, or null for any ($identity may be the key of Unauthenticated). $cluster: a name, or null.
// A relationship inside the period counts by its totals; one that crosses an end counts window by window.
CALL () {
  WITH $workload AS key WHERE key IS NOT NULL
  MATCH (client)-[arrival:ARRIVED_AT]->(workload:Workload {key: key})
  WHERE $identity IS NULL OR client.key = $identity
  RETURN client, arrival, workload
  UNION ALL
  WITH $identity AS key WHERE key IS NOT NULL AND $workload IS NULL
  MATCH (client:Identity|Unauthenticated {key: key})-[arrival:ARRIVED_AT]->(workload:Workload)
  RETURN client, arrival, workload
  UNION ALL
  WITH 1 AS any WHERE $identity IS NULL AND $workload IS NULL
  MATCH (client)-[arrival:ARRIVED_AT]->(workload:Workload)
  RETURN client, arrival, workload
}
WITH client, arrival, workload
WHERE arrival.firstAt < $until AND arrival.lastAt > $since AND ($cluster IS NULL OR arrival.cluster = $cluster)
WITH client, arrival, workload, arrival.firstAt >= $since AND arrival.lastAt <= $until AS whole, arrival.at AS at, arrival.wLength AS lengths
WITH client, arrival, workload, whole, at, lengths,
  CASE WHEN whole THEN [] ELSE [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $until] END AS windows
WHERE whole OR size(windows) > 0
WITH client, arrival, workload, whole, at, lengths, windows, arrival.wRequests AS wRequests, arrival.wFailures AS wFailures,
  arrival.wCodeAt AS wCodeAt, arrival.wCode AS wCode, arrival.wCodeCount AS wCodeCount, arrival.codes AS codes, arrival.codeCounts AS codeCounts
WITH client, arrival, workload,
  CASE WHEN whole THEN arrival.firstAt ELSE at[windows[0]] END AS firstAt,
  CASE WHEN whole THEN arrival.lastAt ELSE at[windows[-1]] + lengths[windows[-1]] END AS lastAt,
  CASE WHEN whole THEN arrival.requests ELSE reduce(n = 0, i IN windows | n + coalesce(wRequests[i], 0)) END AS requests,
  CASE WHEN whole THEN arrival.failures ELSE reduce(n = 0, i IN windows | n + coalesce(wFailures[i], 0)) END AS failures,
  CASE WHEN whole THEN [i IN range(0, size(codes) - 1) | {code: codes[i], count: codeCounts[i]}]
    ELSE [i IN range(0, size(wCodeAt) - 1) WHERE wCodeAt[i] >= $since AND wCodeAt[i] < $until | {code: wCode[i], count: wCodeCount[i]}]
  END AS outcomes
WITH workload.cluster AS cluster, client.key AS client, labels(client)[0] AS clientLabel, client.name AS clientName,
  workload.key AS workload, arrival.port AS port, arrival.protocol AS protocol, arrival.tls AS tls, arrival.noTlsReason AS noTlsReason,
  arrival.verdict AS verdict, arrival.server AS server, arrival.route AS route, arrival.authorization AS authorization,
  arrival.rateLimit AS rateLimit, sum(requests) AS requests, sum(failures) AS failures, min(firstAt) AS firstAt, max(lastAt) AS lastAt,
  collect(outcomes) AS outcomeLists
CALL (outcomeLists) {
  UNWIND outcomeLists AS outcomes
  UNWIND outcomes AS outcome
  WITH outcome.code AS code, sum(outcome.count) AS count ORDER BY code
  RETURN collect({code: code, count: count}) AS codes
}
RETURN cluster, client, clientLabel, clientName, workload, port, protocol, tls, noTlsReason, verdict, server, route, authorization,
  rateLimit, requests, failures, firstAt, lastAt, codes
ORDER BY client, workload, port, protocol, tls, verdict, server, route, authorization, rateLimit
