MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
WHERE scan.from < $before
WITH scan LIMIT $limit
DELETE scan
