// Identities an authorization names that did not come to its Servers for $unused ms. One row an authorization.
MATCH (policy:AuthorizationPolicy|ServerAuthorization {cluster: $cluster})-[targets:TARGETS]->()-[routes:ROUTES*0..1]->
  (server:Server)-[selects:SELECTS]->(workload:Workload)
WHERE all(part IN [targets, selects] + routes
    WHERE part.validFrom <= $at - $unused AND (part.validTo IS NULL OR part.validTo > $at))
  AND NOT EXISTS {
    (space:Namespace {key: $cluster + '/Namespace/' + policy.namespace})
    WHERE any(label IN space.labels
      WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
  }
WITH policy, collect(DISTINCT server) AS servers, collect(DISTINCT workload) AS workloads
MATCH (policy)-[admits:ADMITS|REQUIRES*1..2]->(named:Identity|ServiceAccount)
WHERE all(part IN admits WHERE part.validFrom <= $at - $unused AND (part.validTo IS NULL OR part.validTo > $at))
MATCH (named)-[has:HAS_IDENTITY*0..1]->(identity:Identity)
WHERE all(part IN has WHERE part.validTo IS NULL OR part.validTo > $at)
  AND NOT EXISTS {
    MATCH (identity)-[arrival:ARRIVED_AT]->(workload:Workload)
    WHERE workload IN workloads AND arrival.lastAt > $at - $unused AND arrival.firstAt < $at
      AND arrival.server IN [server IN servers | 'server/' + server.name]
  }
WITH DISTINCT policy, workloads, identity ORDER BY identity.name
RETURN policy.key AS policyKey, labels(policy)[0] AS policyLabel, policy.namespace + '/' + policy.name AS policy,
       collect(identity.name) AS identities, collect(identity.key) AS identityKeys,
       COLLECT { UNWIND workloads AS one RETURN one.namespace + '/' + one.name AS workload ORDER BY workload } AS workloads,
       $unused AS unusedMs
ORDER BY policyKey
