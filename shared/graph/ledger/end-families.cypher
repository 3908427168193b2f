MATCH (lease:Lease {key: $cluster})
SET lease.unfinished = [family IN coalesce(lease.unfinished, []) WHERE NOT family IN $families]
