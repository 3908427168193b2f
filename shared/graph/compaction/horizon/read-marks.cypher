MATCH (lease:Lease {key: $cluster})
RETURN lease.rolledUpTo AS rolledUpTo, lease.ledgerByDayTo AS ledgerByDayTo
