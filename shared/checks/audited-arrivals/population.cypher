// Ports that let somebody in during the period, as their Server tells them apart. By whole relationships, not windows.
MATCH (client:Identity|Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at AND arrival.verdict IN ['allowed', 'audited']
WITH DISTINCT workload, arrival.port AS port, arrival.server AS server
RETURN count(*) AS count
