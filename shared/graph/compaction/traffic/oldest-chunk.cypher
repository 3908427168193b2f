MATCH ()-[chunk:CALLED]->()
WHERE chunk.cluster = $cluster AND chunk.grain = $grain AND chunk.bucket < $before
RETURN chunk.bucket AS at
ORDER BY chunk.bucket
LIMIT 1
