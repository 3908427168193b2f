// The single windows of a day; its totals stay.
MATCH ()-[chunk:CALLED]->()
WHERE chunk.cluster = $cluster AND chunk.grain = 'day' AND chunk.bucket = $day AND chunk.at IS NOT NULL
WITH chunk LIMIT $limit
SET chunk += $lists
