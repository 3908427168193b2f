// Written for Workload; the other labels are the same.
UNWIND $rows AS row
CREATE (node:Workload)
SET node = row
