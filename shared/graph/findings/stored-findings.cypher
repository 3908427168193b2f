// What an evaluation may change: all that is not over, and what is over but was found again.
MATCH (finding:Finding {cluster: $cluster})
WHERE finding.state <> 'resolved' OR finding.key IN $keys
RETURN finding.key AS key, finding.name AS fingerprint, finding.check AS check, finding.state AS state,
       finding.severity AS severity, finding.message AS message, finding.row AS row, finding.openedAt AS openedAt,
       finding.acceptedUntil AS acceptedUntil,
       coalesce(finding.namespaces, []) AS namespaces, coalesce(finding.owners, []) AS owners,
       any(entry IN finding.history WHERE entry STARTS WITH 'open ') AS wasOpen,
       COLLECT { MATCH (finding)-[:ABOUT]->(entity) RETURN {label: labels(entity)[0], key: entity.key} } AS about
