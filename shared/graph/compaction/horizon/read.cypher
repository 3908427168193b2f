MATCH (lease:Lease {key: $cluster})
WHERE lease.windowsSince IS NOT NULL
RETURN lease.windowsSince AS windowsSince, lease.daysSince AS daysSince, lease.monthsSince AS monthsSince,
       lease.factsSince AS factsSince, lease.findingsSince AS findingsSince
