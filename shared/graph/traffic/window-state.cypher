// What the ledger knows of the window that starts at $from, and whether a write of it began and did not end.
OPTIONAL MATCH (intent:TrafficIntent {key: $key})
WITH intent IS NOT NULL AS dirty
RETURN dirty, COLLECT {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  WHERE scan.from = $from
  RETURN {readAt: scan.readAt, digest: scan.digest}
} AS readings, COLLECT {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  RETURN scan.from AS from ORDER BY scan.at DESC LIMIT 1
}[0] AS newest
