// Written for Pod, PART_OF and Workload. A row: key of the start, key of the end, id, properties.
UNWIND $rows AS row
MATCH (from:Pod {key: row[0]})
MATCH (to:Workload {key: row[1]})
CREATE (from)-[relation:PART_OF {id: row[2], validFrom: $validFrom, validTo: $validTo, family: $family}]->(to)
SET relation += row[3]
