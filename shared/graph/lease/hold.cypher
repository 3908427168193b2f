// First statement of every write: locks the lease, so whoever takes it over waits for this transaction to end.
// `applied` says that a transaction with this mark was committed before: its answer was lost, its work was not.
MATCH (lease:Lease {key: $cluster})
SET lease.locked = true
WITH lease, lease.mark AS lastMark
WHERE lease.token = $token
SET lease.expiresAt = timestamp() + $ttl, lease.mark = $mark
RETURN lastMark = $mark AS applied
