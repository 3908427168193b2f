// Written for Workload; the other labels are the same. What a cluster scan told of the node stands.
// Earliest and latest sight do not depend on the order in which windows arrive.
UNWIND $rows AS row
MERGE (node:Workload {key: row.key})
SET node += {
  cluster: coalesce(node.cluster, row.props.cluster),
  name: coalesce(node.name, row.props.name),
  namespace: coalesce(node.namespace, row.props.namespace),
  kind: coalesce(node.kind, row.props.kind),
  form: coalesce(node.form, row.props.form),
  address: coalesce(node.address, row.props.address),
  firstSeen: CASE WHEN node.firstSeen < $from THEN node.firstSeen ELSE $from END,
  lastSeen: CASE WHEN node.lastSeen > $to THEN node.lastSeen ELSE $to END
}
RETURN row.key AS key, elementId(node) AS id
