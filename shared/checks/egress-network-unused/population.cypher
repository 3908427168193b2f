// EgressNetworks that let out, as of $at.
MATCH (network:EgressNetwork {cluster: $cluster, trafficPolicy: 'Allow'})
WHERE network.validFrom <= $at AND (network.validTo IS NULL OR network.validTo > $at)
RETURN count(network) AS count
