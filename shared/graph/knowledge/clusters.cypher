MATCH (scan:Scan) RETURN DISTINCT scan.cluster AS cluster, max(scan.at) AS newest ORDER BY cluster
