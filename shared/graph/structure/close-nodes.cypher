// Written for Workload; the other labels are the same.
// What the newest scan of a family no longer holds ends with it, last seen by the covering scan before.
UNWIND $keys AS key
MATCH (node:Workload {key: key})
SET node.validTo = $at,
    node.family = $family,
    node.lastSeen = CASE WHEN node.lastSeen > $lastSeen THEN node.lastSeen ELSE $lastSeen END
