// Identities that arrived anywhere in the period. By whole relationships, not windows.
MATCH (client:Identity {cluster: $cluster})
WHERE EXISTS {
  (client)-[arrival:ARRIVED_AT]->(:Workload) WHERE arrival.lastAt > $since AND arrival.firstAt < $at
}
RETURN count(client) AS count
