MATCH (finding:Finding {cluster: $cluster})
WHERE finding.state = 'resolved' AND finding.resolvedAt < $before
WITH finding LIMIT $limit
DETACH DELETE finding
