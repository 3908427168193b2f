// The newest traffic window up to $at, and how much of [$since, $at) windows cover. Of several readings of a window the
// last one counts.
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'}) WHERE scan.at <= $at
  RETURN scan.at AS newest, scan.complete AS complete ORDER BY scan.at DESC, scan.readAt DESC LIMIT 1
}
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'}) WHERE scan.at > $since AND scan.from < $at
  WITH scan ORDER BY scan.readAt
  WITH scan.from AS from, scan.at AS to, last(collect(scan.complete)) AS whole
  RETURN sum(CASE WHEN to < $at THEN to ELSE $at END - CASE WHEN from > $since THEN from ELSE $since END) AS coveredMs,
         sum(CASE WHEN whole THEN 0 ELSE 1 END) AS partialWindows
}
RETURN newest, complete, coveredMs, partialWindows
