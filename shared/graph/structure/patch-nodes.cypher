// Written for Workload; the other labels are the same.
// A null in the patch takes the property away.
UNWIND $rows AS row
MATCH (node:Workload {key: row.key})
SET node += row.patch
