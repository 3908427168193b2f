// What an evaluation may change: all that is not over, what flaps, and what is over but was found again.
CALL () {
  MATCH (finding:Finding {cluster: $cluster}) WHERE finding.state IN ['open', 'accepted']
  RETURN finding
UNION
  MATCH (finding:Finding {cluster: $cluster}) WHERE finding.flappingSince IS NOT NULL
  RETURN finding
UNION
  UNWIND $keys AS key
  MATCH (finding:Finding {key: key})
  RETURN finding
}
RETURN properties(finding) AS properties,
       COLLECT { MATCH (finding)-[:ABOUT]->(entity) RETURN {label: labels(entity)[0], key: entity.key} } AS about
