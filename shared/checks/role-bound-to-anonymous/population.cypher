// Bindings as of $at.
MATCH (:Role {cluster: $cluster})<-[bound:BOUND_TO]-(:ServiceAccount|Subject)
WHERE bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at)
WITH DISTINCT bound.binding AS binding, bound.namespace AS namespace
RETURN count(*) AS count
