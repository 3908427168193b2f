UNWIND $scans AS scan
CREATE (entry:Scan)
SET entry = scan
