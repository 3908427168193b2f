// What, besides the windows of traffic, the ledger tells of a period: windows that were read only in part, and what the
// newest one could see; the scans of other sources, when each fact family was last read, and what the newest could not read;
// how many pods with a proxy there were at $at. A day before the period tells since when what is missing in it is missing.
MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
USING INDEX scan:Scan(cluster, source, at)
WHERE scan.at > $since AND scan.from < $at AND NOT scan.complete AND scan.coverage IS NOT NULL
RETURN 'partial' AS what, {from: scan.from, to: scan.at, coverage: scan.coverage} AS told
UNION ALL
CALL () {
  MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
  USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at <= $at AND scan.coverage IS NOT NULL
  RETURN scan ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC LIMIT 1
}
RETURN 'newest window' AS what, {from: scan.from, to: scan.at, coverage: scan.coverage} AS told
UNION ALL
UNWIND ['cluster', 'certificates'] AS source
CALL (source) {
  MATCH (scan:Scan {cluster: $cluster, source: source})
  USING INDEX scan:Scan(cluster, source, at)
  WHERE scan.at <= $at
  RETURN scan ORDER BY scan.cluster DESC, scan.source DESC, scan.at DESC LIMIT 1
}
CALL (source) {
  MATCH (every:Scan {cluster: $cluster, source: source})
  USING INDEX every:Scan(cluster, source, at)
  WHERE every.at > $since - 86400000 AND every.at <= $at
  RETURN collect(DISTINCT every.at) AS all
}
RETURN 'scans' AS what, {
         source: source, newest: scan.at, coverage: coalesce(scan.coverage, '{}'),
         at: [at IN all WHERE at >= $since]
       } AS told
UNION ALL
MATCH (scan:Scan {cluster: $cluster})
WHERE scan.source IN ['cluster', 'certificates'] AND scan.at > $since - 86400000 AND scan.at <= $at
UNWIND scan.families AS family
WITH family, max(scan.at) AS newest
RETURN 'family' AS what, {family: family, newest: newest} AS told
UNION ALL
MATCH (pod:Pod {cluster: $cluster})
WHERE pod.meshed AND pod.validFrom <= $at AND coalesce(pod.validTo > $at, true) AND coalesce(pod.phase = 'Running', true)
WITH pod.namespace AS namespace, count(pod) AS pods
RETURN 'pods' AS what, {namespace: namespace, pods: pods} AS told
