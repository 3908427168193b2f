// What decides over no call, but is changed by manifests: what of it lived at $at, each with what changed of it since.
MATCH (node:ServiceAccount|Role|ServiceProfile|Link {cluster: $cluster})
WITH node, node.pastLives AS lives
WHERE node.validFrom <= $at AND coalesce(node.validTo > $at, true)
  OR any(i IN range(0, coalesce(size(lives), 0) - 2, 2) WHERE lives[i] <= $at AND lives[i + 1] > $at)
RETURN head(labels(node)) AS label, properties(node) AS present, [] AS owners,
  COLLECT {
    MATCH (node)-[:CHANGED]->(change:Change) WHERE change.at > $at
    RETURN {at: change.at, path: change.path, before: change.before, after: change.after}
  } AS changes
ORDER BY node.key
