MATCH (scan:Scan {cluster: $cluster})
WITH scan LIMIT $limit
DELETE scan
