UNWIND $keys AS key
MATCH (scan:Scan {key: key})
DELETE scan
