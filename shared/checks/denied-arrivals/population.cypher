// All arrivals of the period, admitted or not, told apart as the check tells them apart. By whole relationships, not windows.
MATCH (client:Identity|Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at
WITH DISTINCT client, workload, arrival.port AS port, arrival.server AS server, arrival.route AS route, arrival.verdict AS verdict
RETURN count(*) AS count
