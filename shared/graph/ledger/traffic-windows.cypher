// The oldest and the newest window are told however old they are: since when, and until when, the cluster was read.
MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
WITH min(scan.at) AS oldest, max(scan.at) AS newest
MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
WHERE scan.at > $after OR scan.at IN [oldest, newest]
RETURN DISTINCT scan.from AS from, scan.at AS to
ORDER BY from
