// Whatever writes a cluster holds its lease, so leases tell the clusters; the first and the newest scan are read off the
// ends of the index.
MATCH (lease:Lease)
CALL (lease) {
  UNWIND ['traffic', 'cluster', 'certificates'] AS source
  CALL (lease, source) {
    MATCH (scan:Scan {cluster: lease.key, source: source})
    USING INDEX scan:Scan(cluster, source, at)
    WHERE scan.at >= 0
    RETURN scan.at AS at ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC LIMIT 1
  }
  CALL (lease, source) {
    MATCH (scan:Scan {cluster: lease.key, source: source})
    USING INDEX scan:Scan(cluster, source, at)
    WHERE scan.at >= 0
    RETURN coalesce(scan.from, scan.at) AS first ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
  }
  RETURN max(at) AS newest, min(first) AS oldest
}
WITH lease.key AS cluster, newest, oldest WHERE newest IS NOT NULL
RETURN cluster, newest, oldest ORDER BY cluster
