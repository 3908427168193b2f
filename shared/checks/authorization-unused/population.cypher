// Authorizations on a Server, or on a route of one, that name an identity or a ServiceAccount, as of $at.
MATCH (policy:AuthorizationPolicy|ServerAuthorization {cluster: $cluster})-[admits:ADMITS|REQUIRES*1..2]->(:Identity|ServiceAccount)
WHERE all(part IN admits WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at))
  AND EXISTS {
    (policy)-[targets:TARGETS]->()-[:ROUTES*0..1]->(:Server)-[:SELECTS]->(:Workload)
    WHERE targets.validTo IS NULL OR targets.validTo > $at
  }
RETURN count(DISTINCT policy) AS count
