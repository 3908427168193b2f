// All scans that covered each of the families, oldest first.
UNWIND $families AS family
MATCH (scan:Scan {cluster: $cluster})
WHERE scan.source IN ['cluster', 'certificates'] AND family IN scan.families
WITH family, scan ORDER BY scan.at, scan.readAt, scan.key
RETURN family, collect({id: scan.key, at: scan.at, readAt: scan.readAt}) AS scans
