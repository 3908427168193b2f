// ServiceAccounts, roles and policies that live at $at and that nothing uses then, with the instant the last use ended. Aside:
// accounts every namespace has, those of Kubernetes' own controllers, and roles Kubernetes or the provider manages. Then
// which fact families the newest scan of the cluster read: of what it did not read nothing is known to be unused.
MATCH (node:ServiceAccount|Role|Server|AuthorizationPolicy|ServerAuthorization|Authentication|RateLimit|Route|ServiceProfile {cluster: $cluster})
WHERE node.validFrom <= $at AND coalesce(node.validTo > $at, true)
  AND NOT (node:ServiceAccount AND (node.name = 'default' OR node.namespace STARTS WITH 'kube-'))
  AND NOT (node:Role AND coalesce(node.system, false))
CALL (node) {
  MATCH (node)<-[use:RUNS_AS]-() WHERE node:ServiceAccount RETURN use
  UNION ALL
  MATCH (node)<-[use:BOUND_TO]-() WHERE node:Role RETURN use
  UNION ALL
  MATCH (node)<-[use:REQUIRES]-() WHERE node:Authentication RETURN use
  UNION ALL
  MATCH (node)-[use:SELECTS]->() WHERE node:Server RETURN use
  UNION ALL
  MATCH (node)-[use:TARGETS]->() RETURN use
  UNION ALL
  MATCH (node)-[use:ROUTES]->() WHERE node:ServiceProfile OR use.role = 'parent' RETURN use
  UNION ALL
  RETURN null AS use
}
WITH node, count(CASE WHEN use.validFrom <= $at AND coalesce(use.validTo > $at, true) THEN use END) AS uses,
     max(CASE WHEN use.validTo <= $at THEN use.validTo END) AS ended
WHERE uses = 0
RETURN 'unused' AS what, {
         label: head(labels(node)), kind: coalesce(node.kind, head(labels(node))), key: node.key,
         name: coalesce(node.namespace + '/', '') + node.name, ended: ended,
         powers: COLLECT {
           MATCH (node)-[bound:BOUND_TO]->(role:Role)
           WHERE node:ServiceAccount AND bound.validFrom <= $at AND coalesce(bound.validTo > $at, true)
           // A role that nobody has seen is known by its key alone.
           RETURN DISTINCT coalesce(role.kind + ' ' + role.name, substring(role.key, size($cluster) + 1)) AS role ORDER BY role
         }
       } AS told
UNION ALL
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'cluster'})
  USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at <= $at
  RETURN scan.families AS families ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC LIMIT 1
}
RETURN 'known' AS what, {families: families} AS told
