UNWIND $keys AS key
MATCH (finding:Finding {key: key})
RETURN properties(finding) AS properties,
       COLLECT { MATCH (finding)-[:ABOUT]->(entity) RETURN {label: labels(entity)[0], key: entity.key} } AS about
