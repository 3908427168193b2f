// Written for CALLED; ARRIVED_AT is the same. Ends are given by element id, so that no label has to be known.
UNWIND $rows AS row
MATCH (from) WHERE elementId(from) = row.from
MATCH (to) WHERE elementId(to) = row.to
CREATE (from)-[chunk:CALLED]->(to)
SET chunk = row.props
