// Of each family its newest scan before the horizon stays: what comes later finds its place after it.
MATCH (scan:Scan {cluster: $cluster, source: $source})
WHERE scan.at < $before
WITH scan ORDER BY scan.at DESC, scan.readAt DESC, scan.key DESC
WITH collect(scan) AS scans
CALL (scans) {
  UNWIND scans AS scan
  UNWIND scan.families AS family
  WITH family, head(collect(scan)) AS newest
  RETURN collect(DISTINCT newest) AS kept
}
UNWIND [scan IN scans WHERE NOT scan IN kept][..$limit] AS scan
DELETE scan
