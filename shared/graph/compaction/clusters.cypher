// Whatever was ever written has a lease.
MATCH (lease:Lease) RETURN lease.key AS cluster ORDER BY cluster
