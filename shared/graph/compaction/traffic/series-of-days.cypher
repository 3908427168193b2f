MATCH ()-[chunk:CALLED]->()
WHERE chunk.cluster = $cluster AND chunk.grain = 'day' AND chunk.bucket >= $from AND chunk.bucket < $to
RETURN DISTINCT split(chunk.id, '/')[0] AS series
LIMIT $limit
