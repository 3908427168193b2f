// Written for Workload; the other labels are the same. Answers in the order of the rows.
UNWIND $rows AS row
CREATE (node:Workload)
SET node = row
RETURN collect(elementId(node)) AS elements
