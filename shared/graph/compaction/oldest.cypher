MATCH (scan:Scan) RETURN min(scan.at) AS at
