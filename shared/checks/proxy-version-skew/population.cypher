// Versions of the proxies that run, as of $at.
MATCH (pod:Pod {cluster: $cluster, meshed: true})-[part:PART_OF]->(:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
RETURN count(DISTINCT pod.proxyVersion) AS count
