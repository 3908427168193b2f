// The newest window is told however old it is: it says that the cluster was read before.
MATCH (newest:Scan {cluster: $cluster, source: 'traffic'})
WITH max(newest.at) AS newest
MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
WHERE scan.at > $after OR scan.at = newest
RETURN DISTINCT scan.from AS from, scan.at AS to
ORDER BY from
