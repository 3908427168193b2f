// One source's scans, newest first, read from the index.
MATCH (scan:Scan {cluster: $cluster, source: $source})
WHERE scan.at >= 0
RETURN scan.key AS id, scan.at AS at, scan.readAt AS readAt, scan.families AS families, scan.familyDigests AS digests
ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC
SKIP $skip
LIMIT $limit
