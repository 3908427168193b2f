// The newest scan up to $at that read each family whole.
UNWIND $families AS family
CALL (family) {
  MATCH (scan:Scan {cluster: $cluster})
  WHERE scan.source IN ['cluster', 'certificates'] AND scan.at <= $at AND family IN scan.families
  RETURN scan.at AS newest ORDER BY scan.at DESC LIMIT 1
}
RETURN family, newest
