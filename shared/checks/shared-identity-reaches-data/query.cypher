// Identities that several running workloads have, and that were let in to data or are named by an authorization for it.
MATCH (identity:Identity {cluster: $cluster})<-[has:HAS_IDENTITY]-(account:ServiceAccount)<-[runs:RUNS_AS]-(workload:Workload)
WHERE has.validFrom <= $at AND (has.validTo IS NULL OR has.validTo > $at)
  AND runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
  AND EXISTS {
    (:Pod)-[part:PART_OF]->(workload) WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
  }
WITH identity, account, workload ORDER BY workload.namespace, workload.name
WITH identity, account, collect(workload) AS workloads
WHERE size(workloads) > 1
CALL (identity, account) {
  MATCH (identity)-[arrival:ARRIVED_AT]->(holder:Workload)
  WHERE arrival.lastAt > $since AND arrival.firstAt < $at AND arrival.verdict IN ['allowed', 'audited']
    // By its windows where it has them: it may reach over the period's edge and be silent inside.
    AND (arrival.at IS NULL OR any(at IN arrival.at WHERE at >= $since AND at < $at))
  RETURN holder, true AS arrived
  UNION ALL
  UNWIND [identity, account] AS named
  MATCH (named)<-[admits:ADMITS|REQUIRES]-(by:Authentication|AuthorizationPolicy)
  MATCH (by)<-[requires:REQUIRES*0..1]-(policy:AuthorizationPolicy)
    -[targets:TARGETS]->()-[routes:ROUTES*0..1]->(:Server)-[selects:SELECTS]->(holder:Workload)
  WHERE all(part IN [admits, targets, selects] + requires + routes
    WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at))
  RETURN holder, false AS arrived
}
MATCH (holder)-[holds:HOLDS]->(data:DataClass)
WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
WITH identity, workloads, holder, data, arrived ORDER BY holder.namespace, holder.name, data.name
RETURN identity.key AS identityKey, identity.name AS identity,
       [one IN workloads | one.key] AS workloadKeys, [one IN workloads | one.namespace + '/' + one.name] AS workloads,
       collect(DISTINCT holder.key) AS holderKeys, collect(DISTINCT holder.namespace + '/' + holder.name) AS holders,
       collect(DISTINCT data.name) AS data, max(toInteger(arrived)) = 1 AS arrived
ORDER BY identityKey
