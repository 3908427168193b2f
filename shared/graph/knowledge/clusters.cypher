// Whatever writes a cluster holds its lease, so leases tell the clusters; the newest scan is read off the index's end.
MATCH (lease:Lease)
CALL (lease) {
  UNWIND ['traffic', 'cluster', 'certificates'] AS source
  CALL (lease, source) {
    MATCH (scan:Scan {cluster: lease.key, source: source})
    USING INDEX scan:Scan(cluster, source, at)
    WHERE scan.at >= 0
    RETURN scan.at AS at ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC LIMIT 1
  }
  RETURN max(at) AS newest
}
WITH lease.key AS cluster, newest WHERE newest IS NOT NULL
RETURN cluster, newest ORDER BY cluster
