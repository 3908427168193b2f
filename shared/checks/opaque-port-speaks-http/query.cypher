// Ports on which one side speaks HTTP and the other bytes: as policy makes it, and as traffic showed it.
CALL () {
  MATCH (server:Server {cluster: $cluster})-[selects:SELECTS]->(workload:Workload)<-[part:PART_OF]-(pod:Pod)
  WHERE selects.validFrom <= $at AND (selects.validTo IS NULL OR selects.validTo > $at)
    AND part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)
    AND pod.meshed AND server.proxyProtocol IN ['HTTP/1', 'HTTP/2', 'gRPC']
  // A Server's port is a number, or the name of one of the pod's.
  UNWIND [toInteger(server.port)] + [declared IN pod.ports WHERE split(declared, ':')[0] = server.port
    | toInteger(split(split(declared, ':')[1], '/')[0])] AS port
  WITH DISTINCT server, workload, pod, port, [word IN pod.annotations
    WHERE word STARTS WITH 'config.linkerd.io/opaque-ports=' | substring(word, 31)] AS opaque
  WHERE any(item IN split(head(opaque), ',') WHERE
    toInteger(trim(split(item, '-')[0])) <= port AND port <= toInteger(trim(split(item, '-')[-1])))
  WITH workload, port, server ORDER BY server.name
  RETURN workload, port, collect(DISTINCT 'Server ' + server.name) AS servers, collect(DISTINCT server.key) AS serverKeys, [] AS callers
  UNION ALL
  MATCH (caller:Workload {cluster: $cluster})-[call:CALLED]->(workload:Workload)
  WHERE call.lastAt > $since AND call.firstAt < $at AND call.protocol <> 'tcp' AND call.tls = 'true'
    AND (call.at IS NULL OR any(at IN call.at WHERE at >= $since AND at < $at))
  WITH workload, call.port AS port, caller ORDER BY caller.namespace, caller.name
  WITH workload, port, collect(DISTINCT caller.namespace + '/' + caller.name) AS callers
  WHERE EXISTS {
    (:Identity)-[bytes:ARRIVED_AT {port: port, protocol: 'tcp'}]->(workload)
    WHERE bytes.lastAt > $since AND bytes.firstAt < $at AND bytes.verdict IN ['allowed', 'audited']
  } AND NOT EXISTS {
    ()-[http:ARRIVED_AT {port: port}]->(workload)
    WHERE http.lastAt > $since AND http.firstAt < $at AND http.protocol <> 'tcp'
  }
  RETURN workload, port, [] AS servers, [] AS serverKeys, callers
}
RETURN workload.key AS workloadKey, workload.namespace + '/' + workload.name AS workload, port, servers, serverKeys, callers
ORDER BY workloadKey, port, servers
