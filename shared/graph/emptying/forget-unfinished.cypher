MATCH (lease:Lease {key: $cluster})
REMOVE lease.unfinished, lease.windowsSince, lease.daysSince, lease.monthsSince, lease.factsSince, lease.findingsSince,
       lease.rolledUpTo, lease.ledgerByDayTo
