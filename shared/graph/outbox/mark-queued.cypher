MATCH (alert:Alert {pendingIn: $cluster})
WHERE alert.at IN $evaluations
SET alert.queuedAt = $now
