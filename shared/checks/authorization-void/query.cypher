// Every AuthorizationPolicy as of $at, with the keys of what it requires and is there.
MATCH (policy:AuthorizationPolicy {cluster: $cluster})
WHERE policy.validFrom <= $at AND (policy.validTo IS NULL OR policy.validTo > $at)
RETURN policy.key AS key, policy.namespace + '/' + policy.name AS name, coalesce(policy.spec, '{}') AS spec,
       COLLECT {
         MATCH (policy)-[requires:REQUIRES]->(found)
         WHERE requires.validFrom <= $at AND (requires.validTo IS NULL OR requires.validTo > $at)
         RETURN coalesce(found.kind, head(labels(found))) + ' ' + found.namespace + '/' + found.name
       } AS found
ORDER BY key
