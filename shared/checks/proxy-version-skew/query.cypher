// Proxies ahead of the control plane, or more than one version behind it. `stable-2.14.1`, `version-2.16`, `2.17.0` are of
// version 2.x; `edge-26.8.3` is of August 2026. One row a proxy version.
MATCH (own:Cluster {key: $cluster})
WITH own, COLLECT {
  MATCH (own)-[:CHANGED]->(change:Change {path: 'linkerdVersion'}) WHERE change.at > $at
  RETURN change.before ORDER BY change.at LIMIT 1
} AS later
WITH own, coalesce(replace(head(later), '"', ''), own.linkerdVersion) AS control
MATCH (pod:Pod {cluster: $cluster, meshed: true})-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
  AND NOT pod.phase IN ['Succeeded', 'Failed']
WITH own, control, pod.proxyVersion AS version, workload, count(*) AS pods ORDER BY workload.namespace, workload.name
WITH own, control, version, sum(pods) AS pods, collect(workload) AS workloads
WHERE version STARTS WITH 'edge-' = control STARTS WITH 'edge-'
WITH *, [text IN [control, version] | [part IN split(split(text, '-')[-1], '.') | toInteger(part)]] AS parts,
     control STARTS WITH 'edge-' AS edge
// An edge release in months, so that years count; any other by the x of 2.x.
WITH *, [part IN parts | CASE WHEN edge THEN part[0] * 12 + part[1] ELSE part[1] END] AS ages
WITH *, ages[1] > ages[0] OR (edge AND ages[1] = ages[0] AND parts[1][2] > parts[0][2]) AS ahead
WHERE ahead OR ages[0] - ages[1] > CASE WHEN edge THEN 12 ELSE 1 END
RETURN own.key AS clusterKey, version AS proxyVersion, control AS controlPlaneVersion, ahead, pods,
       [one IN workloads | one.namespace + '/' + one.name] AS workloads, [one IN workloads | one.key] AS workloadKeys
ORDER BY proxyVersion
