// Who was turned away, where, and by what. An identity names the workloads that run as its ServiceAccount.
MATCH (client:Identity|Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at AND arrival.verdict IN ['denied', 'noRoute', 'terminated']
  // A connection that ends before it spoke is judged as bytes: one in a hundred of a caller whose requests are let in is no denial.
  AND NOT EXISTS {
    (client)-[spoken:ARRIVED_AT {port: arrival.port, server: arrival.server, verdict: 'allowed'}]->(workload)
    WHERE arrival.protocol = 'tcp' AND arrival.verdict = 'denied' AND spoken.protocol <> 'tcp'
      AND spoken.lastAt > $since AND spoken.firstAt < $at AND spoken.requests >= 100 * arrival.requests
  }
WITH client, workload, arrival, arrival.at AS at, arrival.wLength AS length, arrival.wRequests AS counts
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH client, workload, arrival,
     CASE WHEN at IS NULL OR (arrival.firstAt >= $since AND arrival.lastAt <= $at)
       THEN {count: arrival.requests, first: arrival.firstAt, last: arrival.lastAt}
       ELSE reduce(
         s = {count: 0}, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] |
         {count: s.count + counts[i], first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS seen
WHERE seen.count > 0
WITH client, workload, arrival.port AS port, arrival.server AS server, arrival.route AS route, arrival.verdict AS verdict,
     sum(seen.count) AS count, min(seen.first) AS first, max(seen.last) AS last
RETURN CASE WHEN client:Identity THEN client.name END AS identity, client.key AS clientKey,
       COLLECT {
         MATCH (client)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(owner:Workload)
         WHERE runs.validTo IS NULL OR runs.validTo > $since
         RETURN DISTINCT owner.namespace + '/' + owner.name AS owner ORDER BY owner
       } AS owners,
       workload.key AS workloadKey, workload.namespace + '/' + workload.name AS workload,
       port, server, route, verdict, count, first, last,
       // What goes on for long tells of a mistake, what began now of an intruder or of a change of policy.
       head(COLLECT {
         MATCH (client)-[old:ARRIVED_AT {port: port, server: server, verdict: verdict}]->(workload)
         WHERE coalesce(old.route, '') = coalesce(route, '') AND old.firstAt < $at
         RETURN old.firstAt AS since ORDER BY since LIMIT 1
       }) AS since
ORDER BY count DESC, clientKey, workloadKey, port, server, route, verdict
