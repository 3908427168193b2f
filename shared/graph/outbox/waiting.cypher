// Evaluations with changes that send-alerts was not asked to tell yet, or so long ago that the asking got lost. What a
// route would not take waits to be asked for again by hand; what is held, for an evaluation late enough.
MATCH (evaluation:Evaluation {key: $cluster})
MATCH (alert:Alert {pendingIn: $cluster})
WHERE coalesce(alert.heldUntil, 0) <= evaluation.at
  AND (alert.queuedAt IS NULL OR (alert.queuedAt <= $before AND size(alert.refusals) = 0))
RETURN DISTINCT alert.at AS at
ORDER BY at
