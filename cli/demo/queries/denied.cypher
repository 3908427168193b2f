// Who was turned away, where, and by what
MATCH (client)-[arrival:ARRIVED_AT {verdict: 'denied'}]->(workload:Workload)
RETURN client.name AS client, workload.namespace + '/' + workload.name AS workload, arrival.server AS by,
  sum(arrival.requests) AS times, datetime({epochMillis: max(arrival.lastAt)}) AS last
ORDER BY times DESC
