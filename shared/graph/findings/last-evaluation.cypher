MATCH (finding:Finding {cluster: $cluster}) RETURN max(finding.evaluatedAt) AS at
