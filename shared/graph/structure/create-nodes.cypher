// Written for Workload and the one column key; other labels and columns are the same. Answers in the order of the rows.
UNWIND $rows AS row
CREATE (node:Workload {key: row[0]})
RETURN collect(elementId(node)) AS elements
