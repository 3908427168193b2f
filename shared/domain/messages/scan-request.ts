import { z } from 'zod';

export const SCAN_REQUEST_SCHEMA = 'meshgraph.scan-request/v1';

const instant = z.int().nonnegative();
const envelope = { schema: z.literal(SCAN_REQUEST_SCHEMA), cluster: z.string().min(1) };

/** Asks read-traffic for one window. All instants are epoch ms. */
export const trafficScanRequest = z.strictObject({
  ...envelope,
  source: z.literal('traffic'),
  requestedAt: instant,
  window: z.strictObject({ from: instant, to: instant }),
});

/** Asks read-cluster for the objects as they are now. */
export const clusterScanRequest = z.strictObject({ ...envelope, source: z.literal('cluster'), requestedAt: instant });

/** Asks read-certificates for the certificates as they are now. */
export const certificatesScanRequest = z.strictObject({
  ...envelope,
  source: z.literal('certificates'),
  requestedAt: instant,
});

export const scanRequest = z.discriminatedUnion('source', [
  trafficScanRequest,
  clusterScanRequest,
  certificatesScanRequest,
]);

export type TrafficScanRequest = z.infer<typeof trafficScanRequest>;
export type ClusterScanRequest = z.infer<typeof clusterScanRequest>;
export type ScanRequest = z.infer<typeof scanRequest>;
