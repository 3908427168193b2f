// Written for Workload, run for all labels. What ended before the horizon, or was never described and not seen
// since, and which nothing that is kept refers to.
MATCH (node:Workload)
WHERE node.cluster = $cluster AND (node.validTo <= $before OR node.validFrom IS NULL)
  AND coalesce(node.lastSeen, node.firstSeen, 0) <= $before AND coalesce(node.firstSeen, 0) <= $before
  AND NOT EXISTS { (node)--() }
WITH node LIMIT $limit
DELETE node
