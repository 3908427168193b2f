// One source's scans of a cluster, newest first, read from the index; after the position a page before ended at.
MATCH (scan:Scan {cluster: $cluster, source: $source})
USING INDEX scan:Scan(cluster, source, at)
WHERE scan.at <= $before AND (scan.at < $before OR scan.key > $afterKey)
RETURN scan.key AS id, scan.cluster AS cluster, scan.source AS source, scan.at AS at, scan.from AS from,
  scan.readAt AS readAt, coalesce(scan.windows, 1) AS windows, scan.complete AS complete,
  coalesce(scan.families, []) AS families, coalesce(scan.coverage, '{}') AS coverage
ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC, id
LIMIT $limit
