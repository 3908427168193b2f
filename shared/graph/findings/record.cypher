// Findings of one evaluation, as they are after it: a property that is null is taken away. Found ones tell what was found.
UNWIND $findings AS row
MERGE (finding:Finding {key: row.key})
ON CREATE SET finding.cluster = $cluster, finding.name = row.fingerprint, finding.check = row.check, finding.firstSeen = $at
SET finding += row.found, finding += row.life, finding.evaluatedAt = $at
