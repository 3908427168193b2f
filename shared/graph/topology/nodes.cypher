// The workloads that live at $at, and whatever else is named in $keys, each as it was then.
MATCH (node:Workload|ExternalWorkload|Service|External|EgressNetwork|Identity|Unauthenticated {cluster: $cluster})
WITH node, node.pastLives AS lives
WHERE node.key IN $keys
  OR node:Workload AND (
    node.validFrom <= $at AND coalesce(node.validTo > $at, true)
    OR any(i IN range(0, coalesce(size(lives), 0) - 2, 2) WHERE lives[i] <= $at AND lives[i + 1] > $at)
  )
RETURN head(labels(node)) AS label, node.key AS key, node.namespace AS namespace, node.kind AS kind, node.name AS name,
  EXISTS {
    (space:Namespace {key: $cluster + '/Namespace/' + node.namespace})
    WHERE any(label IN space.labels
      WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
  } AS linkerd,
  COLLECT {
    MATCH (node)<-[part:PART_OF]-(pod:Pod)
    WHERE part.validFrom <= $at AND coalesce(part.validTo > $since, true)
    RETURN DISTINCT pod.meshed
  } AS meshed,
  COLLECT {
    MATCH (node)-[owned:OWNED_BY]->(owner:Owner)
    WHERE owned.validFrom <= $at AND coalesce(owned.validTo > $at, true)
    RETURN owner.name
  } AS owners,
  COLLECT {
    MATCH (node)-[holds:HOLDS]->(class:DataClass)
    WHERE holds.validFrom <= $at AND coalesce(holds.validTo > $at, true)
    WITH DISTINCT class.name AS name ORDER BY name
    RETURN name
  } AS holds
ORDER BY label, key
