// Findings newest opened first, after the position a page before ended at. Absent filters are null.
MATCH (finding:Finding)
WHERE finding.cluster IN $clusters
  AND ($id IS NULL OR finding.name = $id)
  AND ($states IS NULL OR finding.state IN $states)
  AND ($severities IS NULL OR finding.severity IN $severities)
  AND ($check IS NULL OR finding.check = $check)
  AND ($namespace IS NULL OR $namespace IN finding.namespaces)
  AND ($owner IS NULL OR $owner IN finding.owners)
  AND ($afterAt IS NULL OR finding.openedAt < $afterAt OR finding.openedAt = $afterAt AND finding.key > $afterKey)
WITH finding ORDER BY finding.openedAt DESC, finding.key LIMIT $limit
RETURN properties(finding) AS properties,
  COLLECT {
    MATCH (finding)-[:ABOUT]->(entity)
    WITH DISTINCT head(labels(entity)) AS label, entity.key AS key,
      coalesce(entity.namespace + '/', '') + entity.name AS name ORDER BY label, key
    RETURN {label: label, key: key, name: name}
  } AS about
ORDER BY finding.openedAt DESC, finding.key
