// Written for Workload; the other labels are the same.
MATCH (node:Workload {cluster: $cluster})
WITH node LIMIT $limit
DETACH DELETE node
