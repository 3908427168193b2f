// The newest traffic window up to $at, where the first one begins, and how much of [$since, $at) windows cover. Of several readings of a window a
// whole one stands before one that was read in part. Each end of an index that is asked for its end needs a bound on that
// side (`>= 0`), or the planner reads it all and sorts.
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at <= $at
  RETURN scan.at AS newest, scan.complete AS complete
  ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC, complete DESC LIMIT 1
}
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at >= 0 AND scan.at <= $at
  RETURN scan.from AS watchedSince
  ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
}
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at > $since AND scan.from < $at
  // An hour or a day that was rolled up says how much of it windows covered, and how many of them were read in part.
  WITH scan.from AS from, max(scan.at) AS to, max(CASE WHEN scan.complete THEN 1 ELSE 0 END) AS whole,
       max(scan.coveredMs) AS covered, max(scan.partialWindows) AS partial
  WITH CASE WHEN to < $at THEN to ELSE $at END - CASE WHEN from > $since THEN from ELSE $since END AS overlap,
       covered, coalesce(partial, 1 - whole) AS partial
  RETURN sum(CASE WHEN covered < overlap THEN covered ELSE overlap END) AS coveredMs, sum(partial) AS partialWindows
}
RETURN newest, complete, watchedSince, coveredMs, partialWindows
