// All scans that covered each of the families, oldest first. `scan.at >= 0` lets the index find those of the sources.
MATCH (scan:Scan {cluster: $cluster})
WHERE scan.source IN ['cluster', 'certificates'] AND scan.at >= 0
WITH scan ORDER BY scan.at, scan.readAt, scan.key
UNWIND scan.families AS family
WITH family, scan WHERE family IN $families
RETURN family, collect({id: scan.key, at: scan.at, readAt: scan.readAt}) AS scans
