// Policy that for $grace ms has applied to nothing, as of $at: no pod, Server, route or Service is what it names. What has
// just been made waits for that long, and so does what belongs to something that runs at times.
MATCH (policy:Server|AuthorizationPolicy|ServerAuthorization|RateLimit|Route|ServiceProfile {cluster: $cluster})
WHERE policy.validFrom <= $at AND (policy.validTo IS NULL OR policy.validTo > $at)
  AND coalesce(policy.createdAt, policy.validFrom) <= $at - $grace
  AND NOT EXISTS {
    (policy)-[applies:SELECTS|TARGETS|ROUTES]->()
    WHERE coalesce(applies.role, 'parent') = 'parent'
      AND applies.validFrom <= $at AND (applies.validTo IS NULL OR applies.validTo > $at - $grace)
  }
RETURN head(labels(policy)) AS label, policy.key AS key, coalesce(policy.kind, head(labels(policy))) AS kind,
       policy.namespace + '/' + policy.name AS name, coalesce(policy.spec, '{}') AS spec
ORDER BY key
