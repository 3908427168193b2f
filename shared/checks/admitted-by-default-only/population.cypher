// Namespaces whose workloads let an identity in during the period, and by which default where by one. By whole
// relationships, not windows. The control plane and its extensions are left out here too.
MATCH (client:Identity {cluster: $cluster})-[arrival:ARRIVED_AT {verdict: 'allowed'}]->(workload:Workload)
WHERE arrival.lastAt > $since AND arrival.firstAt < $at
MATCH (space:Namespace {key: $cluster + '/Namespace/' + workload.namespace})
WHERE none(label IN coalesce(space.labels, [])
  WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
WITH DISTINCT space, CASE WHEN arrival.authorization STARTS WITH 'default/' THEN arrival.authorization END AS policy
WITH space, count(policy) AS defaults
RETURN sum(CASE WHEN defaults > 1 THEN defaults ELSE 1 END) AS count
