// What a judged check no longer finds is over.
MATCH (finding:Finding {cluster: $cluster})
WHERE finding.check IN $judged AND NOT finding.key IN $keys
SET finding.evaluatedAt = $at
WITH finding WHERE finding.state <> 'resolved'
SET finding.state = 'resolved', finding.resolvedAt = $at, finding.history = finding.history + ('resolved ' + $at)
