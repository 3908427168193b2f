// From where a way may begin at $at, what is behind it aside: what is exposed, workloads that live and have no owner, the
// caller that showed no identity, identities no workload of the cluster carries. And what holds data.
MATCH (entity)-[fact:EXPOSED_TO]->(what:Exposure {cluster: $cluster})
WHERE fact.validFrom <= $at AND (fact.validTo IS NULL OR fact.validTo > $at)
RETURN entity.key AS key, 'exposed' AS what, collect(what.name) AS names
UNION ALL
MATCH (workload:Workload {cluster: $cluster})
WHERE workload.validFrom <= $at AND (workload.validTo IS NULL OR workload.validTo > $at)
  AND NOT EXISTS {
    (workload)-[owned:OWNED_BY]->() WHERE owned.validFrom <= $at AND (owned.validTo IS NULL OR owned.validTo > $at)
  }
RETURN workload.key AS key, 'unowned' AS what, [] AS names
UNION ALL
MATCH (caller:Unauthenticated {cluster: $cluster})
RETURN caller.key AS key, 'unauthenticated' AS what, [] AS names
UNION ALL
MATCH (identity:Identity {cluster: $cluster})
WHERE NOT EXISTS {
  (identity)<-[:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(:Workload) WHERE runs.validTo IS NULL OR runs.validTo > $since
}
RETURN identity.key AS key, 'outside' AS what, [] AS names
UNION ALL
MATCH (entity)-[fact:HOLDS]->(what:DataClass {cluster: $cluster})
WHERE fact.validFrom <= $at AND (fact.validTo IS NULL OR fact.validTo > $at)
WITH entity, what ORDER BY what.name
RETURN entity.key AS key, 'holds' AS what, collect(what.name) AS names
