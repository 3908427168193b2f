MATCH (scan:Scan {cluster: $cluster, source: $source})
WHERE scan.at >= $from AND scan.at < $to
RETURN scan.key AS key, scan.at AS at, scan.readAt AS readAt, scan.families AS families
