// As create-relations, for those without properties of their own: even an empty `SET +=` costs a third of the time.
UNWIND $rows AS row
MATCH (from) WHERE elementId(from) = row[0]
MATCH (to) WHERE elementId(to) = row[1]
CREATE (from)-[:PART_OF {id: row[2], validFrom: $validFrom, validTo: $validTo, family: $family}]->(to)
