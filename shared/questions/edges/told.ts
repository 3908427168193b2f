import { z } from 'zod';

const node = z.object({ label: z.string(), key: z.string(), name: z.string() });

/**
 * One row of an edge query: a pair, port, protocol, TLS state and (for arrivals) verdict as one layer tells it.
 * `count` is requests, or connections where the protocol is tcp; `refused` of them never left the caller's proxy.
 * `owners` are the workloads that carry the identity an arrival showed. Instants in epoch milliseconds. Rows of the layer
 * HOLDS are no traffic: they lead from a node to a class of data it holds.
 */
export const toldRow = z.object({
  layer: z.enum(['CALLED', 'ARRIVED_AT', 'HOLDS']),
  from: node,
  owners: z.array(node),
  to: node,
  port: z.number(),
  protocol: z.string(),
  verdict: z.string().nullable(),
  tls: z.string(),
  serverIdentities: z.array(z.string()),
  policies: z.array(z.string()),
  count: z.number(),
  failures: z.number(),
  refused: z.number(),
  first: z.number(),
  last: z.number(),
});

export type ToldRow = z.infer<typeof toldRow>;
