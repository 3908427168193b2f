// Written for PART_OF; the other types are the same.
MATCH ()-[relation:PART_OF]->()
WHERE relation.family STARTS WITH $past AND relation.validTo <= $before
WITH relation LIMIT $limit
DELETE relation
