// The oldest and the newest window are told however old they are: since when, and until when, the cluster was read. Each is
// an end of the index. An hour or a day that was rolled up tells no windows, only when it began.
WITH COLLECT {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  WHERE scan.at >= 0
  RETURN scan.at ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
} + COLLECT {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  WHERE scan.at >= 0
  RETURN scan.at ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC LIMIT 1
} AS ends
CALL (ends) {
  UNWIND ends AS end
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic', at: end})
  RETURN scan
  UNION
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  WHERE scan.at > $after AND scan.windows IS NULL
  RETURN scan
}
RETURN DISTINCT scan.from AS from, CASE WHEN scan.windows IS NULL THEN scan.at ELSE scan.from END AS to
ORDER BY from
