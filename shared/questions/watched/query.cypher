// The traffic windows of the period and of the day before it, each with where watching began. Of several readings of a
// window a whole one stands before one that was read in part; an hour or a day that was rolled up is whole where its windows
// cover all of it.
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at >= 0 AND scan.at <= $at
  RETURN scan.from AS began
  ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
}
MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
USING INDEX scan:Scan(cluster, source, at)
WHERE scan.at > $since - 86400000 AND scan.from < $at
WITH began, scan.from AS from, max(scan.at) AS to, max(CASE WHEN scan.complete THEN 1 ELSE 0 END) AS complete,
     max(scan.coveredMs) AS covered, max(scan.windows) AS windows
RETURN 'window' AS what,
       {from: from, to: to, whole: complete = 1 AND coalesce(covered >= to - from, true), windows: coalesce(windows, 1), began: began} AS told
