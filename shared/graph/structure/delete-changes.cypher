UNWIND $keys AS key
MATCH (change:Change {key: key})
DETACH DELETE change
