MATCH (lease:Lease {key: $cluster})
SET lease += $marks
