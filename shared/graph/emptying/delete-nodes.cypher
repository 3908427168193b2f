MATCH (node {cluster: $cluster})
WHERE NOT node:Finding
WITH node LIMIT $limit
DETACH DELETE node
