// Ports of workloads that a Server has as of $at, and ports called over the mesh in the period, by whole relationships.
CALL () {
  MATCH (server:Server {cluster: $cluster})-[selects:SELECTS]->(workload:Workload)
  WHERE selects.validFrom <= $at AND (selects.validTo IS NULL OR selects.validTo > $at)
  RETURN workload, server.port AS port
  UNION
  MATCH (:Workload {cluster: $cluster})-[call:CALLED]->(workload:Workload)
  WHERE call.lastAt > $since AND call.firstAt < $at AND call.tls = 'true'
  RETURN workload, toString(call.port) AS port
}
RETURN count(*) AS count
