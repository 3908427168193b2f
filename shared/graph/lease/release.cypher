MATCH (lease:Lease {key: $cluster})
SET lease.locked = true
WITH lease
WHERE lease.token = $token
REMOVE lease.token, lease.expiresAt
