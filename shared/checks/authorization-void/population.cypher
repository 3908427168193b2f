// AuthorizationPolicies as of $at.
MATCH (policy:AuthorizationPolicy {cluster: $cluster})
WHERE policy.validFrom <= $at AND (policy.validTo IS NULL OR policy.validTo > $at)
RETURN count(policy) AS count
