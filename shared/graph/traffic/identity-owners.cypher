// Who carries which identity, by the relations that were not over before $since; `from` is when both were first known.
MATCH (identity:Identity)<-[has:HAS_IDENTITY]-(holder)
WHERE ($cluster IS NULL OR identity.cluster = $cluster) AND coalesce(has.validTo, $since + 1) > $since
OPTIONAL MATCH (holder)<-[runs:RUNS_AS]-(workload:Workload)
WHERE coalesce(runs.validTo, $since + 1) > $since
WITH identity, has, runs, CASE WHEN holder:ExternalWorkload THEN holder ELSE workload END AS owner
WHERE owner IS NOT NULL
RETURN DISTINCT identity.key AS identity, owner.key AS owner,
  CASE WHEN runs.validFrom > has.validFrom THEN runs.validFrom ELSE has.validFrom END AS from
