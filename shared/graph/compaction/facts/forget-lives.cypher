// Written for Workload, run for all labels. Lives of a node that were over before the horizon.
MATCH (node:Workload)
WHERE node.cluster = $cluster AND node.pastLives[1] <= $before
WITH node LIMIT $limit
WITH node, reduce(kept = [], i IN range(1, size(node.pastLives) - 1, 2) |
  kept + CASE WHEN node.pastLives[i] > $before THEN [node.pastLives[i - 1], node.pastLives[i]] ELSE [] END) AS kept
SET node.pastLives = CASE WHEN size(kept) = 0 THEN null ELSE kept END
