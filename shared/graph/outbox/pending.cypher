// What is held waits for an evaluation late enough.
MATCH (evaluation:Evaluation {key: $cluster})
MATCH (alert:Alert {pendingIn: $cluster})
WHERE coalesce(alert.heldUntil, 0) <= evaluation.at
RETURN alert.document AS document, alert.first AS first, alert.deliveredTo AS deliveredTo, alert.refusals AS refusals
ORDER BY alert.at, alert.key
LIMIT $limit
