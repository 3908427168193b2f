// An alert that is there already was told, or waits to be: it stays as it is.
UNWIND $alerts AS row
MERGE (alert:Alert {key: row.key})
ON CREATE SET alert.cluster = row.cluster, alert.finding = row.finding, alert.change = row.change, alert.at = row.at,
              alert.first = row.first, alert.document = row.document, alert.pendingIn = row.cluster,
              alert.deliveredTo = [], alert.refusals = []
