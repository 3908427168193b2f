// The oldest hour left of the days before $before: its day is the next to fold.
MATCH ()-[chunk:CALLED]->()
WHERE chunk.cluster = $cluster AND chunk.grain = 'hour' AND chunk.bucket < $before
RETURN chunk.bucket AS bucket
ORDER BY chunk.bucket
LIMIT 1
