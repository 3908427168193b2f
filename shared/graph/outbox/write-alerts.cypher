// An alert that is there already was told, or waits to be: it stays as it is. What is told of a finding is told in order:
// none goes before an earlier one of it that is held.
UNWIND $alerts AS row
CALL (row) {
  MATCH (earlier:Alert {finding: row.finding})
  WHERE earlier.pendingIn IS NOT NULL AND earlier.heldUntil > row.at
  RETURN max(earlier.heldUntil) AS held
}
MERGE (alert:Alert {key: row.key})
ON CREATE SET alert.cluster = row.cluster, alert.finding = row.finding, alert.change = row.change, alert.at = row.at,
              alert.first = row.first OR held IS NOT NULL, alert.document = row.document, alert.pendingIn = row.cluster,
              alert.heldUntil = coalesce(row.heldUntil, held), alert.deliveredTo = [], alert.refusals = []
