// Identities that more than one workload carries at $at: what they hold, who admits them, and where they were let in.
MATCH (identity:Identity {cluster: $cluster})<-[has:HAS_IDENTITY]-(account:ServiceAccount)
WHERE has.validFrom <= $at AND (has.validTo IS NULL OR has.validTo > $at)
MATCH (account)<-[runs:RUNS_AS]-(workload:Workload)
WHERE runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
WITH identity, account, workload ORDER BY workload.key
WITH identity, account, collect(DISTINCT workload) AS workloads
WHERE size(workloads) > 1
RETURN identity.key AS key, identity.name AS identity, account.namespace + '/' + account.name AS account,
       [workload IN workloads | workload.namespace + '/' + workload.name] AS workloads,
       [workload IN workloads | workload.key] AS workloadKeys,
       COLLECT {
         UNWIND workloads AS workload
         MATCH (workload)-[holds:HOLDS]->(data:DataClass)
         WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
         WITH DISTINCT data.name AS name ORDER BY name
         RETURN name
       } AS holds,
       COLLECT {
         MATCH (by)-[admits:ADMITS]->(who)
         WHERE who IN [identity, account] AND admits.validFrom <= $at AND (admits.validTo IS NULL OR admits.validTo > $at)
         WITH DISTINCT by.namespace + '/' + by.name AS name ORDER BY name
         RETURN name
       } AS admittedBy,
       COLLECT {
         MATCH (identity)-[seen:ARRIVED_AT]->(callee:Workload)
         WHERE seen.lastAt > $since AND seen.firstAt < $at AND seen.verdict IN ['allowed', 'audited']
         WITH DISTINCT callee ORDER BY callee.key
         RETURN callee.namespace + '/' + callee.name + CASE
           WHEN EXISTS {
             (callee)-[holds:HOLDS]->() WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
           } THEN ' (data)' ELSE '' END
       } AS letInto
ORDER BY size(workloads) DESC, identity
