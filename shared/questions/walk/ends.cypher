// What holds data and what is exposed at $at.
MATCH (entity)-[fact:HOLDS|EXPOSED_TO]->(what:DataClass|Exposure {cluster: $cluster})
WHERE fact.validFrom <= $at AND (fact.validTo IS NULL OR fact.validTo > $at)
WITH entity, type(fact) AS type, what.name AS name ORDER BY name
RETURN entity.key AS key, coalesce(entity.namespace + '/', '') + entity.name AS name, collect(CASE type WHEN 'HOLDS' THEN name END) AS holds,
       collect(CASE type WHEN 'EXPOSED_TO' THEN name END) AS exposedTo
