MATCH (evaluation:Evaluation {key: $cluster})
SET evaluation.begunAt = $at
