// Written for Workload; the other labels are the same. Relationships first: a node may have more of them than one
// transaction can delete with it.
MATCH (node:Workload {cluster: $cluster})-[relation]->()
WITH relation LIMIT $limit
DELETE relation
