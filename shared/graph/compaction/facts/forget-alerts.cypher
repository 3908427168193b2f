// Alerts that were told, of findings that are forgotten.
MATCH (alert:Alert {cluster: $cluster})
WHERE alert.at < $before AND alert.pendingIn IS NULL AND NOT EXISTS { MATCH (:Finding {key: alert.finding}) }
WITH alert LIMIT $limit
DETACH DELETE alert
