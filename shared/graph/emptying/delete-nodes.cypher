MATCH (node {cluster: $cluster})
WHERE NOT node:Finding AND NOT node:Evaluation AND NOT node:Alert
WITH node LIMIT $limit
DETACH DELETE node
