// Bindings as of $at, but for those of Kubernetes and EKS.
MATCH (:Role {cluster: $cluster})<-[bound:BOUND_TO]-(:ServiceAccount|Subject)
WHERE bound.validFrom <= $at AND (bound.validTo IS NULL OR bound.validTo > $at)
  AND NOT (bound.binding CONTAINS '/system:' OR bound.binding CONTAINS '/eks:')
WITH DISTINCT bound.binding AS binding, bound.namespace AS namespace
RETURN count(*) AS count
