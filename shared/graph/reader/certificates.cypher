// The trust anchors the proxies of pods that live at $at were given, as their specs told; null = only a hash is known.
MATCH (pod:Pod {cluster: $cluster})
WHERE pod.meshed AND pod.validFrom <= $at AND coalesce(pod.validTo > $at, true)
UNWIND CASE coalesce(pod.trustAnchors, []) WHEN [] THEN [null] ELSE pod.trustAnchors END AS sha256
OPTIONAL MATCH (pod)-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND coalesce(part.validTo > $at, true)
WITH sha256, pod, workload.key AS workload ORDER BY workload
RETURN sha256, count(DISTINCT pod) AS pods, collect(DISTINCT workload) AS workloads
ORDER BY sha256
