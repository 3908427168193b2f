// Who holds a power at $at: every binding of a role that grants it to a ServiceAccount, user or group, and the workloads
// that run as the ServiceAccount. And from where ways may begin: what is exposed, and the caller without identity.
MATCH (role:Role {cluster: $cluster})
WHERE {
  `reads-secrets`: role.readsSecrets, `writes-secrets`: role.writesSecrets, execs: role.execs, escalates: role.escalates,
  impersonates: role.impersonates, `creates-tokens`: role.createsTokens, `creates-pods`: role.createsPods,
  `edits-policy`: role.editsPolicy, wildcard: role.wildcard
}[$power]
MATCH (holder:ServiceAccount|Subject)-[bound:BOUND_TO]->(role)
WHERE bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at)
RETURN 'holder' AS what, holder.key AS key, coalesce(holder.kind, head(labels(holder))) AS kind,
       // What a binding names and nobody has seen is known by its key alone.
       coalesce(coalesce(holder.namespace + '/', '') + holder.name,
         replace(substring(holder.key, size($cluster) + 1), '/ServiceAccount/', '/')) AS name, bound.binding AS binding, bound.namespace AS boundIn,
       role.kind + '/' + role.name AS role, coalesce(role.system, false) AS system,
       COLLECT {
         MATCH (holder)<-[runs:RUNS_AS]-(workload:Workload)
         WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
         WITH workload ORDER BY workload.key
         RETURN {key: workload.key, name: workload.namespace + '/' + workload.name}
       } AS workloads
UNION ALL
MATCH (entity)-[fact:EXPOSED_TO]->(:Exposure {cluster: $cluster})
WHERE fact.validFrom <= $at AND (fact.validTo IS NULL OR fact.validTo > $at)
WITH DISTINCT entity
RETURN 'start' AS what, entity.key AS key, 'exposed' AS kind, entity.name AS name, null AS binding, null AS boundIn,
       '' AS role, false AS system, [] AS workloads
UNION ALL
MATCH (caller:Unauthenticated {cluster: $cluster})
RETURN 'start' AS what, caller.key AS key, 'unauthenticated' AS kind, 'unauthenticated' AS name, null AS binding,
       null AS boundIn, '' AS role, false AS system, [] AS workloads
