// Every namespace the graph heard of, from scans or from traffic.
MATCH (namespace:Namespace {cluster: $cluster}) RETURN namespace.name AS name
UNION
MATCH (workload:Workload {cluster: $cluster}) RETURN DISTINCT workload.namespace AS name
