MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
WHERE scan.from >= $from AND scan.from < $to
RETURN scan.key AS key, scan.from AS from, scan.at AS at, scan.readAt AS readAt, scan.complete AS complete,
       scan.windows AS windows, scan.coveredMs AS coveredMs, scan.partialWindows AS partialWindows
