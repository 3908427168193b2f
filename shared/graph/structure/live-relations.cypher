// Written for PART_OF; the other types are the same.
MATCH ()-[relation:PART_OF]->()
WHERE relation.family IN $families
RETURN relation.id AS id, elementId(relation) AS element, relation.family AS family
