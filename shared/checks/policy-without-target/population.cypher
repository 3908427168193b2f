// Policy as of $at that applies to something by its kind.
MATCH (policy:Server|AuthorizationPolicy|ServerAuthorization|RateLimit|Route|ServiceProfile {cluster: $cluster})
WHERE policy.validFrom <= $at AND (policy.validTo IS NULL OR policy.validTo > $at)
RETURN count(policy) AS count
