// Groups of Kubernetes that stand for everybody with any account, and the dangerous powers they are given as of $at.
MATCH (subject:Subject {cluster: $cluster, kind: 'Group'})
WHERE subject.name = 'system:authenticated' OR subject.name STARTS WITH 'system:serviceaccounts'
MATCH (subject)-[bound:BOUND_TO]->(role:Role)
WHERE bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at)
WITH subject, bound, role, [power IN ['wildcard', 'escalates', 'impersonates', 'readsSecrets', 'writesSecrets', 'execs',
  'createsTokens', 'createsPods', 'editsPolicy'] WHERE role[power]] AS powers
WHERE size(powers) > 0
RETURN subject.key AS subjectKey, subject.name AS subject, bound.binding AS binding, bound.namespace AS namespace,
       role.key AS roleKey, powers
ORDER BY subject, binding, namespace, roleKey
