// Dangerous powers of a running ServiceAccount that its namesakes in other clusters lack, as of $at: none of them has any
// of those told. Clusters whose bindings no scan has read are not compared with.
MATCH (other:Cluster) WHERE other.name <> $cluster AND EXISTS {
  (scan:Scan {cluster: other.name, source: 'cluster'}) WHERE scan.at <= $at AND 'bindings' IN scan.families
}
WITH other ORDER BY other.name
WITH collect(other.name) AS others WHERE size(others) > 0
MATCH (account:ServiceAccount {cluster: $cluster})-[bound:BOUND_TO]->(role:Role)
WHERE bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at) AND NOT account.namespace STARTS WITH 'kube-'
  AND EXISTS { (account)<-[runs:RUNS_AS]-(:Workload) WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at) }
WITH others, account, role,
     ['wildcard', 'escalates', 'impersonates', 'readsSecrets', 'writesSecrets', 'execs', 'createsTokens', 'createsPods', 'editsPolicy'] AS powers
UNWIND range(0, size(powers) - 1) AS rank
WITH others, account, role, rank, powers[rank] AS power WHERE role[power]
WITH others, account, rank, power, collect(DISTINCT role.name) AS roles
CALL (others, account) {
  UNWIND others AS cluster
  MATCH (twin:ServiceAccount {key: cluster + '/' + account.namespace + '/ServiceAccount/' + account.name})
  WHERE twin.validFrom <= $at AND (twin.validTo IS NULL OR twin.validTo > $at)
  WITH twin ORDER BY twin.cluster
  RETURN collect(twin) AS twins
}
WITH account, rank, power, roles, twins
WHERE size(twins) > 0 AND none(twin IN twins WHERE EXISTS {
  (twin)-[bound:BOUND_TO]->(role:Role)
  WHERE bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at) AND (role[power] OR role.wildcard)
})
UNWIND roles AS role
WITH account, power, role, twins ORDER BY rank, role
RETURN account.key AS accountKey, account.namespace + '/' + account.name AS account, collect(DISTINCT power) AS powers,
       collect(DISTINCT role) AS roles, [twin IN twins | twin.cluster] AS clusters
ORDER BY accountKey
