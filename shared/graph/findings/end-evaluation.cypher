MATCH (evaluation:Evaluation {key: $cluster})
SET evaluation.at = $at, evaluation.judged = $judged, evaluation.judgedSince = $judgedSince
REMOVE evaluation.begunAt
