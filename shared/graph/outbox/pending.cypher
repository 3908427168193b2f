// What is held waits for an evaluation late enough. As many as fit, and one at least: documents differ in length.
MATCH (evaluation:Evaluation {key: $cluster})
MATCH (alert:Alert {pendingIn: $cluster})
WHERE coalesce(alert.heldUntil, 0) <= evaluation.at
WITH alert ORDER BY alert.at, alert.key LIMIT $limit
WITH collect(alert) AS alerts
WITH alerts, reduce(fit = {count: 0, length: 0}, alert IN alerts |
  {length: fit.length + size(alert.document),
   count: fit.count + CASE WHEN fit.count = 0 OR fit.length + size(alert.document) <= $length THEN 1 ELSE 0 END}
).count AS count
UNWIND alerts[..count] AS alert
RETURN alert.document AS document, alert.first AS first, alert.deliveredTo AS deliveredTo, alert.refusals AS refusals
ORDER BY alert.at, alert.key
