MATCH (scan:Scan {cluster: $cluster, source: 'traffic', from: $from})
RETURN true AS written
LIMIT 1
