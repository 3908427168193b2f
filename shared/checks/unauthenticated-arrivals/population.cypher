// Ports that let anybody in during the period, by whole relationships, not windows. The control plane is left out here too.
MATCH (client:Identity|Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at AND arrival.verdict IN ['allowed', 'audited']
WITH DISTINCT workload, arrival.port AS port
WHERE NOT EXISTS {
  (space:Namespace {key: $cluster + '/Namespace/' + workload.namespace})
  WHERE any(label IN space.labels
    WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
}
RETURN count(*) AS count
