MERGE (scan:Scan {key: $scan.key})
SET scan = $scan
