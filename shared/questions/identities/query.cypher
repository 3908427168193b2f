// Identities known at $at, who carries them, and how they fared as callers in the period.
MATCH (identity:Identity {cluster: $cluster})
WITH identity, coalesce(identity.pastLives, []) AS past
WHERE (identity.validFrom <= $at AND (identity.validTo IS NULL OR identity.validTo > $at))
   OR any(i IN range(0, size(past) - 2, 2) WHERE past[i] <= $at AND past[i + 1] > $at)
   // Traffic may know it before, or without, any scan of the cluster.
   OR (identity.firstSeen <= $at AND $at < coalesce(past[0], identity.validFrom, $at + 1))
CALL (identity) {
  MATCH (identity)-[seen:ARRIVED_AT]->(workload:Workload)
  WHERE seen.lastAt > $since AND seen.firstAt < $at
  WITH workload, seen, seen.at AS at, seen.wLength AS length, seen.wRequests AS counts
  // A relationship that reaches over the period's edge is read by its windows, or told whole where it has none any more.
  WITH workload, seen.verdict IN ['allowed', 'audited'] AS letIn,
       CASE WHEN at IS NULL OR (seen.firstAt >= $since AND seen.lastAt <= $at)
         THEN {count: seen.requests, last: seen.lastAt}
         ELSE reduce(
           s = {count: 0}, i IN [i IN range(0, size(at) - 1) WHERE at[i] >= $since AND at[i] < $at] |
           {count: s.count + counts[i], last: at[i] + length[i]})
       END AS sum
  WHERE sum.last IS NOT NULL
  RETURN sum(CASE WHEN letIn THEN sum.count ELSE 0 END) AS letIn, sum(CASE WHEN letIn THEN 0 ELSE sum.count END) AS turnedAway,
         count(DISTINCT workload) AS callees, max(sum.last) AS last
}
RETURN identity.key AS key, identity.name AS identity,
       COLLECT {
         MATCH (identity)<-[has:HAS_IDENTITY]-(account:ServiceAccount)
         WHERE has.validFrom <= $at AND (has.validTo IS NULL OR has.validTo > $at)
         RETURN account.namespace + '/' + account.name AS account ORDER BY account
       } AS accounts,
       COLLECT {
         MATCH (identity)<-[has:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(workload:Workload)
         WHERE has.validFrom <= $at AND (has.validTo IS NULL OR has.validTo > $at)
           AND runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
         RETURN workload.namespace + '/' + workload.name AS carrier
         UNION
         MATCH (identity)<-[has:HAS_IDENTITY]-(workload:ExternalWorkload)
         WHERE has.validFrom <= $at AND (has.validTo IS NULL OR has.validTo > $at)
         RETURN workload.namespace + '/' + workload.name AS carrier
       } AS carriers,
       COLLECT {
         MATCH (identity)<-[has:HAS_IDENTITY]-(:ServiceAccount)<-[runs:RUNS_AS]-(workload:Workload)
         WHERE has.validFrom <= $at AND (has.validTo IS NULL OR has.validTo > $at)
           AND runs.validFrom <= $at AND (runs.validTo IS NULL OR runs.validTo > $at)
         RETURN workload.key AS carrier
         UNION
         MATCH (identity)<-[has:HAS_IDENTITY]-(workload:ExternalWorkload)
         WHERE has.validFrom <= $at AND (has.validTo IS NULL OR has.validTo > $at)
         RETURN workload.key AS carrier
       } AS carrierKeys,
       EXISTS { (identity)-[seen:ARRIVED_AT]->() WHERE seen.firstAt < $at } AS called,
       callees, letIn, turnedAway, last, identity.firstSeen AS first
ORDER BY identity
