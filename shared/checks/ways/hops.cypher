// Every pair of the period as each layer tells it, one row a node that was reached and a way it was: callers as a list of
// keys. Found by the index of buckets, so that older history costs nothing. What only probes go through opens no way from
// elsewhere: the authorizations that are always there, and Linkerd's documented way to admit one's own probes.
CALL () {
  MATCH (policy:AuthorizationPolicy {cluster: $cluster})-[:TARGETS]->(:Route)
  WHERE EXISTS { (policy)-[:REQUIRES]->(:Authentication {kind: 'NetworkAuthentication'}) }
    AND NOT EXISTS { (policy)-[:REQUIRES]->(other) WHERE coalesce(other.kind, '') <> 'NetworkAuthentication' }
  RETURN collect(DISTINCT policy.namespace + '/authorizationpolicy/' + policy.name) AS probing
}
CALL (probing) {
  UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
  MATCH (from)-[seen:CALLED]->(to)
  USING INDEX seen:CALLED(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - grain[1] AND seen.bucket < $at
    // A bucket that lies in the period whole need not be asked when it was active; one that reaches over both its ends
    // may be silent between them.
    AND CASE
      WHEN seen.bucket >= $since AND seen.bucket + grain[1] <= $at THEN true
      WHEN seen.firstAt >= $at OR seen.lastAt <= $since THEN false
      ELSE seen.at IS NULL OR seen.firstAt >= $since OR seen.lastAt <= $at OR any(at IN seen.at WHERE at >= $since AND at < $at)
    END
  WITH DISTINCT from, to, seen.port AS port, seen.tls AS tls
  WHERE tls <> 'not_sent'
  RETURN 'CALLED' AS layer, from, to, port, tls = 'true' AS mTls, true AS letIn, null AS byDefault
  UNION ALL
  UNWIND [['hour', 3600000], ['day', 86400000], ['month', 2678400000]] AS grain
  MATCH (from)-[seen:ARRIVED_AT]->(to)
  USING INDEX seen:ARRIVED_AT(cluster, grain, bucket)
  WHERE seen.cluster = $cluster AND seen.grain = grain[0] AND seen.bucket > $since - grain[1] AND seen.bucket < $at
    AND CASE
      WHEN seen.bucket >= $since AND seen.bucket + grain[1] <= $at THEN true
      WHEN seen.firstAt >= $at OR seen.lastAt <= $since THEN false
      ELSE seen.at IS NULL OR seen.firstAt >= $since OR seen.lastAt <= $at OR any(at IN seen.at WHERE at >= $since AND at < $at)
    END
  WITH DISTINCT from, to, seen.port AS port, seen.tls AS tls, seen.verdict AS verdict, seen.authorization AS authorization
  RETURN 'ARRIVED_AT' AS layer, from, to, port, tls = 'true' AND NOT from:Unauthenticated AS mTls,
         verdict IN ['allowed', 'audited'] AND NOT coalesce(authorization, '') IN ['default/probe', 'default/localhost']
           AND NOT (from:Unauthenticated AND to.namespace + '/' + toLower(coalesce(authorization, '')) IN probing) AS letIn,
         CASE WHEN authorization STARTS WITH 'default/' THEN substring(authorization, 8) END AS byDefault
}
RETURN layer, to.key AS key, port, mTls, letIn, byDefault, collect(from.key) AS from
