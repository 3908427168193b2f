UNWIND $rows AS row
MATCH ()-[chunk:CALLED {id: row.id}]->()
SET chunk = row.props
