// Relationships before nodes: a node may have more of them than one transaction can delete with it.
MATCH (node {cluster: $cluster})-[relation]->()
WHERE NOT node:Finding
WITH relation LIMIT $limit
DELETE relation
