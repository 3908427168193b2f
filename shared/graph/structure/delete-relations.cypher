UNWIND $elements AS element
MATCH ()-[relation]->()
WHERE elementId(relation) = element
DELETE relation
