MATCH ()-[chunk:CALLED]->()
WHERE chunk.cluster = $cluster AND chunk.grain = 'month' AND chunk.bucket < $before
WITH chunk LIMIT $limit
DELETE chunk
