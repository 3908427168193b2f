// AWS roles that a ServiceAccount may assume, as of $at.
MATCH (role:AwsRole {cluster: $cluster})<-[assumes:ASSUMES]-(:ServiceAccount)
WHERE assumes.validFrom <= $at AND (assumes.validTo IS NULL OR assumes.validTo > $at)
RETURN count(DISTINCT role) AS count
