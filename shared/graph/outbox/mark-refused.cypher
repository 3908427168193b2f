MATCH (alert:Alert {key: $key})
SET alert.refusals = [refusal IN alert.refusals WHERE NOT refusal STARTS WITH $route + ': '] + ($route + ': ' + $reason)
