// Findings newest opened first, after the position a page before ended at. Absent filters are null.
MATCH (finding:Finding)
WHERE finding.cluster IN $clusters
  AND ($id IS NULL OR finding.name = $id)
  AND ($states IS NULL OR finding.state IN $states)
  AND ($severities IS NULL OR finding.severity IN $severities)
  AND ($check IS NULL OR finding.check = $check)
  AND ($afterAt IS NULL OR finding.openedAt < $afterAt OR finding.openedAt = $afterAt AND finding.key > $afterKey)
WITH finding ORDER BY finding.openedAt DESC, finding.key LIMIT $limit
RETURN finding.key AS key, finding.name AS id, finding.cluster AS cluster, finding.check AS check,
  finding.severity AS severity, finding.state AS state, finding.message AS message, finding.openedAt AS openedAt,
  finding.lastSeen AS lastSeen, finding.evaluatedAt AS evaluatedAt, finding.resolvedAt AS resolvedAt, finding.row AS row,
  finding.acceptedReason AS reason, finding.acceptedBy AS by, finding.acceptedAt AS acceptedAt,
  finding.acceptedUntil AS until,
  COLLECT {
    MATCH (finding)-[:ABOUT]->(entity)
    WITH DISTINCT head(labels(entity)) AS label, entity.key AS key,
      coalesce(entity.namespace + '/', '') + entity.name AS name ORDER BY label, key
    RETURN {label: label, key: key, name: name}
  } AS about
ORDER BY openedAt DESC, key
