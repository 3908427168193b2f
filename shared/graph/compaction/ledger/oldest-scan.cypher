// An end of the index.
MATCH (scan:Scan {cluster: $cluster, source: $source})
WHERE scan.at >= 0
RETURN coalesce(scan.from, scan.at) AS at
ORDER BY scan.cluster, scan.source, scan.at
LIMIT 1
