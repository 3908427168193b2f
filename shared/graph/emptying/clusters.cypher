// Every cluster that was ever written to has a lease.
MATCH (lease:Lease)
RETURN lease.key AS cluster
ORDER BY cluster
