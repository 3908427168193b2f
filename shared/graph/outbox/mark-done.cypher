UNWIND $keys AS key
MATCH (alert:Alert {key: key})
REMOVE alert.pendingIn
SET alert.doneAt = $now
