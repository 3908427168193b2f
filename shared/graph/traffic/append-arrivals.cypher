// The fast path: a window later than all that the relationship holds goes to the end of its lists.
// A list that held only nothing so far (0, or -1 for latency) does not exist yet and is made when it has something to tell.
// A row without such a relationship changes nothing; the answer names the rows that did.
UNWIND $rows AS row
MATCH ()-[arrival:ARRIVED_AT {id: row.id}]->()
WHERE arrival.lastAt <= $at
WITH row, arrival, arrival.at AS at, arrival.codes AS codes, arrival.codeCounts AS codeCounts
SET arrival.at = at + $at,
    arrival.wLength = arrival.wLength + $length,
    arrival.lastAt = $at + $length,
    arrival.requests = arrival.requests + row.requests,
    arrival.failures = arrival.failures + row.failures,
    arrival.wRequests = CASE row.requests WHEN 0 THEN arrival.wRequests + 0 ELSE coalesce(arrival.wRequests, [w IN at | 0]) + row.requests END,
    arrival.wFailures = CASE row.failures WHEN 0 THEN arrival.wFailures + 0 ELSE coalesce(arrival.wFailures, [w IN at | 0]) + row.failures END,
    arrival.codes = codes + [code IN row.codes WHERE NOT code IN codes],
    arrival.codeCounts = [i IN range(0, size(codes) - 1) | codeCounts[i] + coalesce(row.countOf[codes[i]], 0)]
      + [code IN row.codes WHERE NOT code IN codes | row.countOf[code]],
    arrival.wCodeAt = arrival.wCodeAt + [code IN row.codes | $at],
    arrival.wCode = arrival.wCode + row.codes,
    arrival.wCodeCount = arrival.wCodeCount + [code IN row.codes | row.countOf[code]]
RETURN collect(row.id) AS ids
