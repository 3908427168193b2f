// What the ledger knows of the window that starts at $from, and the start of the latest window it knows at all, which is
// the first of the index read backwards.
RETURN COLLECT {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  WHERE scan.from = $from
  RETURN {key: scan.key, complete: scan.complete, readAt: scan.readAt, digest: scan.digest}
} AS readings, COLLECT {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  WHERE scan.at >= 0
  RETURN scan.from AS from ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC LIMIT 1
}[0] AS newest
