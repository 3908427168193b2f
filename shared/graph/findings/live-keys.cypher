// Findings that an evaluation may change though it does not find them: all that is not over, and what flaps.
MATCH (finding:Finding {cluster: $cluster}) WHERE finding.state IN ['open', 'accepted']
RETURN finding.key AS key
UNION
MATCH (finding:Finding {cluster: $cluster}) WHERE finding.flappingSince IS NOT NULL
RETURN finding.key AS key
