/** Of 1,024 bytes, as Lambda counts them. */
const KB = 1024;

/** A bundle that speaks to Neo4j: half of it is the driver. */
const WITH_DRIVER = 900 * KB;

/**
 * What each function's minified bundle may weigh, in bytes. Without the driver 400 KB were wanted: the AWS SDK is most of
 * that by itself where S3 and other services are asked, zod and our own code come on top.
 */
export const BUDGETS = {
  'plan-scans': 470 * KB,
  'read-traffic': 590 * KB,
  // Reads linkerd-config, which holds YAML within YAML: the parser is 113 KB of it.
  'read-cluster': 710 * KB,
  'read-certificates': 470 * KB,
  'write-graph': WITH_DRIVER,
  // Holds every check: its query, and what people are told of it.
  'evaluate-checks': WITH_DRIVER + 300 * KB,
  'send-alerts': WITH_DRIVER,
  // Holds every question and every check.
  'answer-query': WITH_DRIVER + 400 * KB,
  // Reads manifests and judges them by all of Linkerd's policy.
  'gate-release': 1300 * KB,
  'compact-graph': WITH_DRIVER,
};
