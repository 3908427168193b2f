MATCH (evaluation:Evaluation {key: $cluster})
SET evaluation.at = $at, evaluation.judged = $everJudged
WITH evaluation
UNWIND $places AS place
MATCH (finding:Finding {key: place.key})
SET finding.namespaces = place.namespaces, finding.owners = place.owners
