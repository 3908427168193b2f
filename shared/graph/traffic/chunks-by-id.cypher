// One page of all relationships in the order of their ids: the buckets of a series come one after another.
MATCH (from)-[chunk:CALLED]->(to)
WHERE chunk.id > $after AND ($cluster IS NULL OR chunk.cluster = $cluster)
RETURN chunk.id AS id, labels(from)[0] AS fromLabel, from.key AS from, labels(to)[0] AS toLabel, to.key AS to, properties(chunk) AS props
ORDER BY chunk.id
LIMIT $limit
