UNWIND $keys AS key
MATCH (alert:Alert {key: key})
WHERE NOT $route IN alert.deliveredTo
SET alert.deliveredTo = alert.deliveredTo + $route,
    alert.refusals = [refusal IN alert.refusals WHERE NOT refusal STARTS WITH $route + ': ']
