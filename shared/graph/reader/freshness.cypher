// The newest scan of each source up to $at, each read off the end of the index.
UNWIND ['traffic', 'cluster', 'certificates'] AS source
CALL (source) {
  MATCH (scan:Scan {cluster: $cluster, source: source})
  USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at <= $at
  RETURN scan.at AS newest ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC LIMIT 1
}
RETURN source, newest
