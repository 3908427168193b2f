// Evaluations with changes that send-alerts was not asked to tell yet, or so long ago that the asking got lost. What a
// route would not take waits to be asked for again by hand.
MATCH (alert:Alert {pendingIn: $cluster})
WHERE alert.queuedAt IS NULL OR (alert.queuedAt <= $before AND size(alert.refusals) = 0)
RETURN DISTINCT alert.at AS at
ORDER BY at
