MATCH (change:Change {cluster: $cluster})
WHERE change.at <= $before
WITH change LIMIT $limit
DETACH DELETE change
