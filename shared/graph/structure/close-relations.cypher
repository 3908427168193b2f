UNWIND $elements AS element
MATCH ()-[relation]->()
WHERE elementId(relation) = element
SET relation.validTo = $at, relation.family = $family
