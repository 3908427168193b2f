// Written for Workload; the other labels are the same.
UNWIND $links AS link
MATCH (finding:Finding {key: link.finding})
MATCH (entity:Workload {key: link.key})
MERGE (finding)-[about:ABOUT]->(entity)
ON CREATE SET about.id = link.finding + ' ' + link.key, about.validFrom = $at
