UNWIND $ids AS id
MATCH (from)-[chunk:CALLED {id: id}]->(to)
RETURN chunk.id AS id, elementId(from) AS from, elementId(to) AS to, properties(chunk) AS props
