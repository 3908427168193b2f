MATCH (lease:Lease {key: $cluster})
RETURN coalesce(lease.unfinished, []) AS families
