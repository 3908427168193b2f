// EgressNetworks that let out what for $unused ms nobody has called, as of $at, with what was called last through them.
CALL () {
  MATCH (to:External|EgressNetwork {cluster: $cluster})<-[call:CALLED]-(:Workload)
  WHERE call.egressNetwork IS NOT NULL AND call.firstAt < $at
  WITH call.egressNetwork AS network, to, max(call.lastAt) AS at ORDER BY at DESC, to.name
  WITH network, collect({at: at, to: to.name})[0] AS last
  RETURN collect({network: network, at: last.at, to: last.to}) AS used
}
MATCH (network:EgressNetwork {cluster: $cluster, trafficPolicy: 'Allow'})
WHERE network.validFrom <= $at AND (network.validTo IS NULL OR network.validTo > $at)
  AND coalesce(network.createdAt, network.validFrom) <= $at - $unused
WITH network, network.namespace + '/' + network.name AS name, used
WITH network, name, [one IN used WHERE one.network = name][0] AS last
WHERE last IS NULL OR last.at <= $at - $unused
RETURN network.key AS networkKey, name AS network, last.at AS last, last.to AS lastTo
ORDER BY networkKey
