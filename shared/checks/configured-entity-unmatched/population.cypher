// Entries of the configuration, told with the first of the clusters ($cluster or not) of the graph.
MATCH (lease:Lease)
WITH min(lease.key) AS first
RETURN CASE WHEN first = $cluster THEN size($model.entries) ELSE 0 END AS count
