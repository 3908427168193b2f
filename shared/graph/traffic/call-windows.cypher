// The windows of [$since, $until) of calls between pods, as parallel lists: requests, or connections of tcp.
// $callers, $callees: lists of node keys, or null for any. $cluster: a name, or null for all.
MATCH (caller:Workload)-[call:CALLED]->(callee)
WHERE ($callers IS NULL OR caller.key IN $callers) AND ($callees IS NULL OR callee.key IN $callees)
  AND call.firstAt < $until AND call.lastAt > $since AND ($cluster IS NULL OR call.cluster = $cluster)
WITH caller, callee, call, call.at AS at, CASE call.protocol WHEN 'tcp' THEN call.wConnections ELSE call.wRequests END AS counts
WITH caller, callee, call, at, counts, [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $until] AS windows
WHERE size(windows) > 0
RETURN caller.key AS caller, callee.key AS callee, call.port AS port, call.protocol AS protocol,
  [i IN windows | at[i]] AS at, [i IN windows | coalesce(counts[i], 0)] AS counts
