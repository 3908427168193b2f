// What the last transaction of whoever wrote the cluster's part left behind: another with every write.
MATCH (lease:Lease {key: $cluster}) RETURN lease.mark AS mark
