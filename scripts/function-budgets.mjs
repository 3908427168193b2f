/** Bytes of a minified bundle that speaks to Neo4j, and so has its driver in it (half of this). */
const WITH_DRIVER = 900_000;

/**
 * What each function's bundle may weigh, in bytes. Without the driver 400,000 were wanted; the AWS SDK alone is more than
 * that where S3 and three other services are asked, zod and our own code come on top.
 */
export const BUDGETS = {
  'plan-scans': 480_000,
  'read-traffic': 600_000,
  // Reads linkerd-config, which holds YAML within YAML: the parser is 115,000 of it.
  'read-cluster': 720_000,
  'read-certificates': 480_000,
  'write-graph': WITH_DRIVER,
  'evaluate-checks': WITH_DRIVER,
  'send-alerts': WITH_DRIVER,
  // The API's own description, and links into S3 for answers that outgrow the gateway.
  'answer-query': 960_000,
  'gate-release': 400_000,
  'compact-graph': WITH_DRIVER,
};
