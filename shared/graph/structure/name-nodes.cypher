// Written for Workload; the other labels are the same.
// Nodes that something named and nothing described.
UNWIND $rows AS row
MERGE (node:Workload {key: row.key})
SET node += row.naming,
    node.cluster = $cluster,
    node.firstSeen = CASE WHEN node.firstSeen < $at THEN node.firstSeen ELSE $at END
