// Written for PART_OF; the other types are the same.
MATCH (from)-[relation:PART_OF]->(to)
WHERE relation.family IN $families
RETURN elementId(relation) AS element, properties(relation) AS properties,
       {label: labels(from)[0], key: from.key} AS from, {label: labels(to)[0], key: to.key} AS to
