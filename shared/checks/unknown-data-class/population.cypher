// Classes of data that something holds, as of $at.
MATCH (data:DataClass {cluster: $cluster})<-[holds:HOLDS]-()
WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
RETURN count(DISTINCT data) AS count
