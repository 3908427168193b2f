// A horizon never goes back: what is forgotten stays so, however long the configuration would keep it now.
MATCH (lease:Lease {key: $cluster})
SET lease.windowsSince = CASE WHEN lease.windowsSince > $windowsSince THEN lease.windowsSince ELSE $windowsSince END,
    lease.daysSince = CASE WHEN lease.daysSince > $daysSince THEN lease.daysSince ELSE $daysSince END,
    lease.monthsSince = CASE WHEN lease.monthsSince > $monthsSince THEN lease.monthsSince ELSE $monthsSince END,
    lease.factsSince = CASE WHEN lease.factsSince > $factsSince THEN lease.factsSince ELSE $factsSince END,
    lease.findingsSince = CASE WHEN lease.findingsSince > $findingsSince THEN lease.findingsSince ELSE $findingsSince END
RETURN lease.windowsSince AS windowsSince, lease.daysSince AS daysSince, lease.monthsSince AS monthsSince,
       lease.factsSince AS factsSince, lease.findingsSince AS findingsSince
