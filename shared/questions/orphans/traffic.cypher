// Services that nothing ready answers for at $at although the period has callers of them; then workloads with a proxy that
// neither called nor were called in the period, of those that were there when it, or the look at the cluster, began.
// Aside: Services without a selector (their endpoints are nobody's pods) and mirrors of a Service in another cluster.
MATCH (service:Service {cluster: $cluster})
WHERE service.validFrom <= $at AND coalesce(service.validTo > $at, true) AND service.mirrorOf IS NULL
  AND coalesce(service.type, '') <> 'ExternalName' AND size(coalesce(service.selector, [])) > 0
  AND NOT EXISTS {
    MATCH (service)-[selects:SELECTS]->(workload)
    WHERE selects.validFrom <= $at AND coalesce(selects.validTo > $at, true) AND (workload:ExternalWorkload OR EXISTS {
      MATCH (workload)<-[part:PART_OF]-(pod:Pod)
      WHERE pod.ready AND part.validFrom <= $at AND coalesce(part.validTo > $at, true)
    })
  }
CALL (service) {
  MATCH (service)<-[seen:CALLED]-(caller) RETURN seen, caller
  UNION
  MATCH (service)-[:SELECTS]->()<-[seen:CALLED]-(caller) WHERE seen.service = service.namespace + '/' + service.name
  RETURN seen, caller
}
WITH service, seen, caller WHERE seen.lastAt > $since AND seen.firstAt < $at
WITH service, caller.namespace + '/' + caller.name AS caller, max(CASE WHEN seen.lastAt < $at THEN seen.lastAt ELSE $at END) AS last
ORDER BY caller
WITH service, collect(caller) AS callers, max(last) AS last
RETURN 'service' AS what, {key: service.key, name: service.namespace + '/' + service.name, callers: callers, last: last} AS told
UNION ALL
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'cluster'}) WHERE scan.at >= 0
  RETURN scan.at AS firstScan ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
}
MATCH (workload:Workload {cluster: $cluster})
WHERE (workload.validFrom <= $since OR workload.validFrom = firstScan) AND workload.validFrom <= $at AND coalesce(workload.validTo > $at, true)
  AND NOT EXISTS { (workload)-[seen:CALLED]-() WHERE seen.lastAt > $since AND seen.firstAt < $at }
  AND NOT EXISTS { (workload)<-[seen:ARRIVED_AT]-() WHERE seen.lastAt > $since AND seen.firstAt < $at }
  AND EXISTS {
    MATCH (workload)<-[part:PART_OF]-(pod:Pod)
    WHERE pod.meshed AND part.validFrom <= $at AND coalesce(part.validTo > $at, true)
  }
OPTIONAL MATCH (workload)-[seen:CALLED|ARRIVED_AT]-() WHERE seen.lastAt <= $since
WITH workload, max(seen.lastAt) AS last
RETURN 'workload' AS what, {key: workload.key, kind: workload.kind, name: workload.namespace + '/' + workload.name, last: last} AS told
