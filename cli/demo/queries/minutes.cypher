// Minute by minute: batch/reports at emojivoto/voting, denied until the policy changed
MATCH (:Identity {name: 'reports.batch.serviceaccount.identity.linkerd.cluster.local'})
  -[arrival:ARRIVED_AT]->(:Workload {namespace: 'emojivoto', name: 'voting', kind: 'Deployment'})
UNWIND range(0, size(arrival.at) - 1) AS i
RETURN datetime({epochMillis: arrival.at[i]}) AS minute, arrival.verdict AS verdict, arrival.wRequests[i] AS requests
ORDER BY minute
