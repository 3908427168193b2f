MATCH (alert:Alert {pendingIn: $cluster})
RETURN alert.document AS document, alert.first AS first, alert.deliveredTo AS deliveredTo, alert.refusals AS refusals
ORDER BY alert.at, alert.key
LIMIT $limit
