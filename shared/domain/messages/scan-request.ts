import { z } from 'zod';

export const SCAN_REQUEST_SCHEMA = 'meshgraph.scan-request/v1';

const instant = z.int().nonnegative();
const envelope = { schema: z.literal(SCAN_REQUEST_SCHEMA), cluster: z.string().min(1) };

/** Asks read-traffic for one window, and the other readers for the state of now. `requestedAt` and windows in epoch ms. */
export const scanRequest = z.discriminatedUnion('source', [
  z.strictObject({
    ...envelope,
    source: z.literal('traffic'),
    requestedAt: instant,
    window: z.strictObject({ from: instant, to: instant }),
  }),
  z.strictObject({ ...envelope, source: z.literal('cluster'), requestedAt: instant }),
  z.strictObject({ ...envelope, source: z.literal('certificates'), requestedAt: instant }),
]);

export type ScanRequest = z.infer<typeof scanRequest>;
