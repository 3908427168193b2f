// The fast path: a window later than all that the relationship holds goes to the end of its lists.
// A list that held only nothing so far (0, or -1 for latency) does not exist yet and is made when it has something to tell.
// A row without such a relationship changes nothing; the answer names the rows that did.
UNWIND $rows AS row
MATCH ()-[call:CALLED {id: row.id}]->()
WHERE call.lastAt <= $at
WITH row, call, call.at AS at, call.codes AS codes, call.codeCounts AS codeCounts
SET call.at = at + $at,
    call.wLength = call.wLength + $length,
    call.lastAt = $at + $length,
    call.requests = call.requests + row.requests,
    call.failures = call.failures + row.failures,
    call.refused = call.refused + row.refused,
    call.connections = call.connections + row.connections,
    call.bytesSent = call.bytesSent + row.bytesSent,
    call.bytesReceived = call.bytesReceived + row.bytesReceived,
    call.wRequests = CASE row.requests WHEN 0 THEN call.wRequests + 0 ELSE coalesce(call.wRequests, [w IN at | 0]) + row.requests END,
    call.wFailures = CASE row.failures WHEN 0 THEN call.wFailures + 0 ELSE coalesce(call.wFailures, [w IN at | 0]) + row.failures END,
    call.wRefused = CASE row.refused WHEN 0 THEN call.wRefused + 0 ELSE coalesce(call.wRefused, [w IN at | 0]) + row.refused END,
    call.wConnections = CASE row.connections WHEN 0 THEN call.wConnections + 0 ELSE coalesce(call.wConnections, [w IN at | 0]) + row.connections END,
    call.wBytesSent = CASE row.bytesSent WHEN 0 THEN call.wBytesSent + 0 ELSE coalesce(call.wBytesSent, [w IN at | 0]) + row.bytesSent END,
    call.wBytesReceived = CASE row.bytesReceived WHEN 0 THEN call.wBytesReceived + 0 ELSE coalesce(call.wBytesReceived, [w IN at | 0]) + row.bytesReceived END,
    call.wP50 = CASE row.p50 WHEN -1 THEN call.wP50 + -1 ELSE coalesce(call.wP50, [w IN at | -1]) + row.p50 END,
    call.wP95 = CASE row.p95 WHEN -1 THEN call.wP95 + -1 ELSE coalesce(call.wP95, [w IN at | -1]) + row.p95 END,
    call.wP99 = CASE row.p99 WHEN -1 THEN call.wP99 + -1 ELSE coalesce(call.wP99, [w IN at | -1]) + row.p99 END,
    call.codes = codes + [code IN row.codes WHERE NOT code IN codes],
    call.codeCounts = [i IN range(0, size(codes) - 1) | codeCounts[i] + coalesce(row.countOf[codes[i]], 0)]
      + [code IN row.codes WHERE NOT code IN codes | row.countOf[code]],
    call.wCodeAt = call.wCodeAt + [code IN row.codes | $at],
    call.wCode = call.wCode + row.codes,
    call.wCodeCount = call.wCodeCount + [code IN row.codes | row.countOf[code]]
RETURN collect(row.id) AS ids
