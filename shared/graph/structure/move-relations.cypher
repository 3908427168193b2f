UNWIND $rows AS row
MATCH ()-[relation]->()
WHERE elementId(relation) = row.element
SET relation.validFrom = row.validFrom, relation.validTo = row.validTo, relation.family = row.family
