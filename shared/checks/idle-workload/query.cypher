// Meshed workloads that for $idle ms nobody called and that called nobody, as of $at, in namespaces all of whose proxies
// Prometheus sees. Aside: what runs at times, what is younger, and what is Kubernetes' or Linkerd's own. Probes, scrapes of
// Linkerd's extensions, and what every proxy asks of the control plane are no calls.
CALL () {
  MATCH (space:Namespace {cluster: $cluster})
  WHERE space.name STARTS WITH 'kube-' OR any(label IN space.labels
    WHERE label = 'linkerd.io/is-control-plane=true' OR label STARTS WITH 'linkerd.io/extension=')
  RETURN collect(space.name) AS own
}
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'}) USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at <= $at AND scan.coverage IS NOT NULL
  RETURN scan.coverage AS coverage ORDER BY scan.at DESC LIMIT 1
}
MATCH (pod:Pod {cluster: $cluster, meshed: true})-[part:PART_OF]->(workload:Workload)
WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at) AND pod.phase = 'Running'
WITH own, coverage, pod.namespace AS namespace, count(DISTINCT pod) AS pods, collect(DISTINCT workload) AS workloads
WHERE NOT namespace IN own
// Coverage is JSON text; the part of a namespace is {"namespace":"…","proxies":3,"silent":1,….
WITH own, pods, workloads, split(split(coverage, '{"namespace":"' + namespace + '"')[1], '}')[0] AS part
WHERE toInteger(split(split(part, '"proxies":')[1], ',')[0]) - toInteger(split(split(part, '"silent":')[1], ',')[0]) >= pods
UNWIND workloads AS workload
WITH own, workload
WHERE NOT workload.kind IN ['Job', 'CronJob', 'Pod'] AND coalesce(workload.createdAt, workload.validFrom) <= $at - $idle
  AND NOT EXISTS {
    (workload)-[call:CALLED]->(callee)
    WHERE call.lastAt > $at - $idle AND call.firstAt < $at AND NOT coalesce(callee.namespace, '') IN own
  }
  AND NOT EXISTS {
    (caller:Workload)-[call:CALLED]->(workload)
    WHERE call.lastAt > $at - $idle AND call.firstAt < $at AND NOT coalesce(caller.namespace, '') IN own
  }
  AND NOT EXISTS {
    (client:Identity|Unauthenticated)-[seen:ARRIVED_AT]->(workload)
    WHERE seen.lastAt > $at - $idle AND seen.firstAt < $at AND coalesce(seen.authorization, '') <> 'default/probe'
      AND NOT EXISTS { (client)<-[:HAS_IDENTITY]-(account:ServiceAccount) WHERE account.namespace IN own }
  }
RETURN workload.key AS workloadKey, workload.namespace + '/' + workload.name AS workload, workload.kind AS kind,
       head(COLLECT {
         MATCH (workload)-[seen:CALLED|ARRIVED_AT]-() WHERE seen.lastAt <= $at - $idle
         RETURN seen.lastAt AS lastAt ORDER BY lastAt DESC LIMIT 1
       }) AS last
ORDER BY workloadKey
