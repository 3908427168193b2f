// Everything that reaches the database over calls, drawn as a graph
MATCH way = (:Workload)-[:CALLED*1..3]->(:Workload {namespace: 'books', name: 'mysql', kind: 'StatefulSet'})
RETURN way
