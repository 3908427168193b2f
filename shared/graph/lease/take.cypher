// The SET locks the node before its token is read: of two takers one waits, then reads what the first one wrote.
MERGE (lease:Lease {key: $cluster})
SET lease.locked = true
WITH lease
WHERE lease.token IS NULL OR lease.token = $token OR lease.expiresAt <= timestamp()
SET lease.token = $token, lease.expiresAt = timestamp() + $ttl
RETURN lease.token AS token
