// Written for PART_OF. A row: element ids of the ends, id, properties. Looking ends up by key takes a third longer.
UNWIND $rows AS row
MATCH (from) WHERE elementId(from) = row[0]
MATCH (to) WHERE elementId(to) = row[1]
CREATE (from)-[relation:PART_OF {id: row[2], validFrom: $validFrom, validTo: $validTo, family: $family}]->(to)
SET relation += row[3]
