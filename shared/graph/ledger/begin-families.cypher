MATCH (lease:Lease {key: $cluster})
WITH lease, coalesce(lease.unfinished, []) AS unfinished
SET lease.unfinished = unfinished + [family IN $families WHERE NOT family IN unfinished]
