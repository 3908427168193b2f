MATCH (finding:Finding {key: $key})
SET finding.state = 'accepted', finding.acceptedReason = $reason, finding.acceptedBy = $by, finding.acceptedAt = $at,
    finding.acceptedUntil = $until,
    finding.history = CASE WHEN finding.state = 'accepted' THEN finding.history
                      ELSE finding.history + ('accepted ' + $at) END
