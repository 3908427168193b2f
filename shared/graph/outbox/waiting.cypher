// Evaluations with changes that send-alerts was not asked to tell yet, or was so long ago that the asking got lost.
MATCH (alert:Alert {pendingIn: $cluster})
WHERE coalesce(alert.queuedAt, 0) <= $before
RETURN alert.at AS at, count(*) AS alerts
ORDER BY at
