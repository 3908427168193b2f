// The SET locks the node before its instant is read: of two evaluations one waits, then reads what the first one wrote.
MERGE (evaluation:Evaluation {key: $cluster})
SET evaluation.cluster = $cluster, evaluation.locked = true
WITH evaluation
// Graphs older than this label know of evaluations by their findings only.
CALL (evaluation) {
  WITH evaluation WHERE evaluation.at IS NULL AND evaluation.begunAt IS NULL
  MATCH (finding:Finding {cluster: $cluster})
  RETURN max(finding.evaluatedAt) AS newestFound, collect(DISTINCT finding.check) AS found
}
RETURN coalesce(evaluation.begunAt, evaluation.at, newestFound) AS newest, coalesce(evaluation.judged, found) AS judged,
       coalesce(evaluation.judgedSince, []) AS judgedSince
