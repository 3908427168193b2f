// The windows of [$since, $until) of arrivals, as parallel lists.
// $identities, $callees: lists of node keys, or null for any. $cluster: a name, or null for all.
MATCH (client)-[arrival:ARRIVED_AT]->(workload:Workload)
WHERE ($identities IS NULL OR client.key IN $identities) AND ($callees IS NULL OR workload.key IN $callees)
  AND arrival.firstAt < $until AND arrival.lastAt > $since AND ($cluster IS NULL OR arrival.cluster = $cluster)
WITH client, workload, arrival, arrival.at AS at, arrival.wRequests AS counts
WITH client, workload, arrival, at, counts, [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $until] AS windows
WHERE size(windows) > 0
RETURN client.key AS identity, workload.key AS callee, arrival.port AS port, arrival.protocol AS protocol, arrival.verdict AS verdict,
  [i IN windows | at[i]] AS at, [i IN windows | coalesce(counts[i], 0)] AS counts
