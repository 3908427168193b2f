// A pod that was seen with several owners (its name was given again) is resolved to the last.
UNWIND $pods AS key
MATCH (pod:Pod {key: key})-[part:PART_OF]->(workload:Workload)
WITH pod, part, workload ORDER BY part.validFrom
WITH pod, last(collect(workload)) AS workload
RETURN pod.namespace AS podNamespace, pod.name AS pod,
       workload.namespace AS namespace, workload.kind AS kind, workload.name AS name
