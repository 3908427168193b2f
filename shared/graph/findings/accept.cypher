// The same acceptance again changes nothing.
MATCH (finding:Finding {key: $key})
WITH finding, finding.state = 'accepted' AS accepted,
     finding.acceptedReason = $reason AND finding.acceptedUntil = $until AS same
WHERE NOT (accepted AND coalesce(same, false))
SET finding.history = CASE WHEN accepted THEN finding.history ELSE finding.history + ('accepted ' + $at) END,
    finding.state = 'accepted', finding.acceptedReason = $reason, finding.acceptedBy = $by, finding.acceptedAt = $at,
    finding.acceptedUntil = $until
