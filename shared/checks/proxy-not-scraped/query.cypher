// Namespaces with more meshed pods than Prometheus had proxies with a good scrape. Compared are pods that a scan of the
// cluster saw after a window and that were there before it, so that neither a rollout nor a late scan counts.
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'cluster'}) USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at <= $at AND 'pods' IN scan.families
  RETURN scan.at AS seenAt ORDER BY scan.at DESC LIMIT 1
}
CALL (seenAt) {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'}) USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at <= seenAt AND scan.coverage IS NOT NULL
  RETURN scan ORDER BY scan.at DESC LIMIT 3
}
MATCH (pod:Pod {cluster: $cluster, meshed: true})-[part:PART_OF]->(workload:Workload)
WHERE pod.createdAt < scan.from AND part.validFrom <= seenAt AND (part.validTo IS NULL OR part.validTo > seenAt)
  AND pod.phase = 'Running'
WITH scan, pod, workload ORDER BY workload.name
WITH scan, pod.namespace AS namespace, count(*) AS pods, collect(DISTINCT workload.name) AS workloads
// Coverage is JSON text; the part of a namespace is {"namespace":"…","proxies":3,"silent":1,….
WITH scan, namespace, pods, workloads, split(split(scan.coverage, '{"namespace":"' + namespace + '"')[1], '}')[0] AS part
WITH scan, namespace, pods, workloads, coalesce(toInteger(split(split(part, '"proxies":')[1], ',')[0]), 0) AS targets,
     coalesce(toInteger(split(split(part, '"silent":')[1], ',')[0]), 0) AS silent
// A single missed window is a restart of Prometheus: every one of the newest windows must lack them.
WITH namespace, scan.from AS window, pods, workloads, targets, targets - silent AS scraped ORDER BY window DESC
WITH namespace, collect({window: window, pods: pods, workloads: workloads, targets: targets, scraped: scraped}) AS windows
WHERE all(one IN windows WHERE one.scraped < one.pods)
MATCH (space:Namespace {key: $cluster + '/Namespace/' + namespace})
RETURN space.key AS namespaceKey, namespace, windows[0].pods AS pods, windows[0].targets AS targets,
       windows[0].scraped AS scraped, windows[0].window AS window, windows[0].workloads AS workloads
ORDER BY namespaceKey
