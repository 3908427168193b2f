// Everything of a cluster a question can be asked about.
MATCH (node:Workload|Namespace|DataClass|ExternalWorkload|Service|External|EgressNetwork|Identity|Unauthenticated {cluster: $cluster})
RETURN head(labels(node)) AS label, node.key AS key, node.namespace AS namespace, node.kind AS kind, node.name AS name
ORDER BY key
