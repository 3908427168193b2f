// Arrivals that nothing but a default policy admitted, one row a namespace and default: that is where it is mended.
// `default/probe` and `default/localhost` are always there, whatever the policy, and audit has a check of its own.
MATCH (client:Identity {cluster: $cluster})-[arrival:ARRIVED_AT {verdict: 'allowed'}]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at
  AND (arrival.authorization STARTS WITH 'default/all-' OR arrival.authorization STARTS WITH 'default/cluster-')
MATCH (space:Namespace {key: $cluster + '/Namespace/' + workload.namespace})
WHERE none(label IN coalesce(space.labels, [])
  WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
WITH client, space, workload, arrival, arrival.at AS at, arrival.wLength AS length, arrival.wRequests AS counts
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH client, space, workload, arrival,
     CASE WHEN at IS NULL OR (arrival.firstAt >= $since AND arrival.lastAt <= $at)
       THEN {count: arrival.requests, first: arrival.firstAt, last: arrival.lastAt}
       ELSE reduce(
         s = {count: 0}, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] |
         {count: s.count + counts[i], first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS seen
WHERE seen.count > 0
WITH client, space, substring(arrival.authorization, 8) AS policy, workload.name + ':' + arrival.port AS port, seen
ORDER BY port
RETURN space.key AS namespaceKey, space.name AS namespace, policy, collect(DISTINCT port) AS ports,
       count(DISTINCT client) AS callers, sum(seen.count) AS count, min(seen.first) AS first, max(seen.last) AS last
ORDER BY count DESC, namespaceKey, policy
