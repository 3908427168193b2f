// Written for Workload; the other labels are the same.
UNWIND $rows AS row
MATCH (node:Workload {key: row.node})
CREATE (node)-[:CHANGED]->(change:Change)
SET change = row.change
