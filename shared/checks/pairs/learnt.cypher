// From when on what is seen for the first time counts as new: by then the mesh had been watched for $learning ms.
MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
USING INDEX scan:Scan(cluster, source, at)
WHERE scan.at >= 0 AND scan.at <= $at
WITH scan.from AS watchedSince ORDER BY scan.cluster, scan.source, scan.at LIMIT 1
RETURN 'LEARNT' AS layer, watchedSince, watchedSince + $learning AS learntAt
