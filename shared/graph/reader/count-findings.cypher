// As findings.cypher, on all pages. Absent filters are null.
MATCH (finding:Finding)
WHERE finding.cluster IN $clusters
  AND ($states IS NULL OR finding.state IN $states)
  AND ($severities IS NULL OR finding.severity IN $severities)
  AND ($check IS NULL OR finding.check = $check)
  AND ($namespace IS NULL OR $namespace IN finding.namespaces)
  AND ($owner IS NULL OR $owner IN finding.owners)
RETURN count(*) AS total
