// Every relationship that holds a slot for the window starting at $at, in the one bucket it can be in.
MATCH ()-[chunk:CALLED]->()
WHERE chunk.cluster = $cluster AND chunk.grain = $grain AND chunk.bucket = $bucket AND $at IN chunk.at
RETURN chunk.id AS id
