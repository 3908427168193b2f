MATCH (scan:Scan {key: $id}) RETURN scan.key AS id, scan.digest AS digest, scan.readAt AS readAt
