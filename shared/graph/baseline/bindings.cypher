// What was bound to whom at $at: one row a subject of a binding.
MATCH (role:Role {cluster: $cluster})<-[bound:BOUND_TO]-(subject:ServiceAccount|Subject)
WHERE bound.validFrom <= $at AND coalesce(bound.validTo > $at, true)
RETURN bound.binding AS binding, bound.namespace AS namespace, role.key AS role, subject.key AS subject
ORDER BY binding, namespace, subject
