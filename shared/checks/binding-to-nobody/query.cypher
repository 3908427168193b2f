// Bindings that name a ServiceAccount or a role which is not there as of $at, one row a binding. Aside: what Kubernetes and
// EKS bind for controllers that may not run here.
MATCH (role:Role {cluster: $cluster})<-[bound:BOUND_TO]-(subject:ServiceAccount|Subject)
WHERE bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at)
  AND NOT (bound.binding CONTAINS '/system:' OR bound.binding CONTAINS '/eks:')
UNWIND CASE WHEN subject:ServiceAccount THEN [role, subject] ELSE [role] END AS named
WITH bound, role, named, coalesce(named.pastLives, []) AS lives
// What was never there has no life; what was there before has ended it.
WHERE NOT (coalesce(named.validFrom <= $at AND (named.validTo IS NULL OR named.validTo > $at), false)
  OR any(i IN range(0, size(lives) - 2, 2) WHERE lives[i] <= $at AND lives[i + 1] > $at))
WITH DISTINCT bound.binding AS binding, bound.namespace AS namespace, role, named ORDER BY named.key
RETURN binding, namespace, role.key AS roleKey,
       collect(CASE WHEN named:ServiceAccount THEN named.key END) AS accounts,
       collect(CASE WHEN named:Role THEN named.key END) <> [] AS roleMissing
ORDER BY binding, namespace, roleKey
