MATCH (lease:Lease {key: $cluster})
REMOVE lease.unfinished
