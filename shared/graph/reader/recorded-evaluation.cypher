MATCH (evaluation:Evaluation {key: $cluster}) WHERE evaluation.at IS NOT NULL
RETURN evaluation.at AS at, evaluation.judged AS judged
