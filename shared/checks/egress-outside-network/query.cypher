// Calls to addresses outside the cluster that no EgressNetwork took, where the cluster has any. One row a caller.
MATCH (own:Cluster {key: $cluster})
WHERE EXISTS {
  (network:EgressNetwork {cluster: $cluster}) WHERE network.validFrom <= $at AND (network.validTo IS NULL OR network.validTo > $at)
}
MATCH (caller:Workload {cluster: $cluster})-[call:CALLED]->(external:External)
WHERE call.lastAt > $since AND call.firstAt < $at AND call.egressNetwork IS NULL
  AND NOT EXISTS {
    (space:Namespace {key: $cluster + '/Namespace/' + caller.namespace})
    WHERE any(label IN space.labels
      WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
  }
  // IPv4 inside a CIDR: equal after the host's bits are cut off. Of IPv6 the inside is fd00::/8, as in Linkerd's default.
  AND NOT external.address STARTS WITH 'fd'
  AND NOT any(cidr IN own.clusterNetworks WHERE external.address =~ '[0-9.]+' AND cidr =~ '[0-9.]+/[0-9]+'
    AND reduce(n = 0, byte IN split(external.address, '.') | n * 256 + toInteger(byte)) / toInteger(2 ^ (32 - toInteger(split(cidr, '/')[1])))
      = reduce(n = 0, byte IN split(split(cidr, '/')[0], '.') | n * 256 + toInteger(byte)) / toInteger(2 ^ (32 - toInteger(split(cidr, '/')[1]))))
WITH caller, external, call, call.at AS at, call.wLength AS length, call.protocol = 'tcp' AS tcp
WITH caller, external, call, at, length,
     CASE WHEN tcp THEN call.connections ELSE call.requests END AS total,
     CASE WHEN tcp THEN call.wConnections ELSE call.wRequests END AS counts
// A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
WITH caller, external,
     CASE WHEN at IS NULL OR (call.firstAt >= $since AND call.lastAt <= $at)
       THEN {count: total, first: call.firstAt, last: call.lastAt}
       ELSE reduce(
         s = {count: 0}, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] |
         {count: s.count + counts[i], first: coalesce(s.first, at[i]), last: at[i] + length[i]})
     END AS seen, external.name + ':' + call.port AS address
WHERE seen.count > 0
WITH caller, external, address, seen ORDER BY address
RETURN caller.key AS callerKey, caller.namespace + '/' + caller.name AS caller, collect(DISTINCT external.key) AS externalKeys,
       collect(DISTINCT address) AS addresses, sum(seen.count) AS count, min(seen.first) AS first, max(seen.last) AS last
ORDER BY count DESC, callerKey
