// Who shows nothing, and what it may do as of $at. Aside: what Kubernetes and kubeadm publish on purpose, and by name.
MATCH (subject:Subject)
WHERE subject.key IN [$cluster + '/User/system:anonymous', $cluster + '/Group/system:unauthenticated']
MATCH (subject)-[bound:BOUND_TO]->(role:Role)
WHERE bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at)
  AND NOT (role.name IN ['system:public-info-viewer', 'system:service-account-issuer-discovery'] AND role.kind = 'ClusterRole')
  AND NOT (role.name = 'kubeadm:bootstrap-signer-clusterinfo' AND role.namespace = 'kube-public')
WITH bound.binding AS binding, bound.namespace AS namespace, role, subject ORDER BY subject.name
RETURN binding, namespace, role.key AS roleKey, coalesce(role.rules, []) AS rules,
       collect(subject.key) AS subjectKeys, collect(subject.name) AS subjects
ORDER BY binding, namespace, roleKey
