UNWIND $places AS place
MATCH (finding:Finding {key: place.key})
SET finding.namespaces = place.namespaces, finding.owners = place.owners
