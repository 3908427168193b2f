// For how long a pair must have been silent, and how much of each day before $at traffic windows covered: what nobody
// watched was not silent. Of several readings of a window one counts; one that was rolled up says what it covered.
MATCH (scan:Scan {cluster: $cluster, source: 'traffic'})
USING INDEX scan:Scan(cluster, source, at)
WHERE scan.at >= 0 AND scan.at <= $at
WITH scan.from AS from, max(scan.at) AS to, max(scan.coveredMs) AS covered
WITH from - from % 86400000 AS day, sum(coalesce(covered, to - from)) AS covered ORDER BY day
RETURN 'WATCHED' AS layer, collect(day) AS days, collect(covered) AS coveredMs, $silence AS silence
