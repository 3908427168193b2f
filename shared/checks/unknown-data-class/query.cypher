// Classes of data that something holds as of $at and the configuration does not list; none where it lists none.
MATCH (data:DataClass {cluster: $cluster})<-[holds:HOLDS]-(holder:Workload|External)
WHERE holds.validFrom <= $at AND (holds.validTo IS NULL OR holds.validTo > $at)
  AND $model.knownDataClasses IS NOT NULL AND NOT data.name IN $model.knownDataClasses
WITH DISTINCT data, holder ORDER BY holder.key
RETURN data.key AS dataKey, data.name AS dataClass, $model.knownDataClasses AS known,
       collect({label: head(labels(holder)), key: holder.key}) AS holders,
       collect(coalesce(holder.namespace + '/', '') + holder.name) AS names
ORDER BY dataClass
