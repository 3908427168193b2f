// Findings of one evaluation: new ones open, resolved ones open again. Each state entered is kept in `history`.
UNWIND $findings AS found
MERGE (finding:Finding {key: found.key})
ON CREATE SET finding.cluster = $cluster, finding.name = found.fingerprint, finding.check = found.check, finding.state = 'new',
              finding.firstSeen = $at, finding.history = []
SET finding.history = CASE WHEN finding.state = found.state THEN finding.history
                      ELSE finding.history + (found.state + ' ' + $at) END,
    finding.openedAt = CASE WHEN finding.state IN ['new', 'resolved'] THEN $at ELSE finding.openedAt END,
    finding.state = found.state, finding.resolvedAt = null, finding.lastSeen = $at, finding.evaluatedAt = $at,
    finding.severity = found.severity, finding.message = found.message, finding.row = found.row
