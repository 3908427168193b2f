UNWIND $ids AS id
MATCH ()-[chunk:CALLED {id: id}]->()
DELETE chunk
