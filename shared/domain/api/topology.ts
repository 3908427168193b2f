import { z } from 'zod';
import { at, cluster, flag, namespace, since, wholeNumber } from './asked.ts';
import { fresh, instant } from './freshness.ts';
import type { Operation } from './operation.ts';

const node = z
  .object({
    label: z.string(),
    key: z.string(),
    namespace: z.string().nullable(),
    kind: z.string().nullable(),
    name: z.string(),
    meshed: z.boolean().nullable().describe('null where no pod tells'),
    linkerd: z.boolean().describe('of the control plane or one of its extensions'),
    owner: z.string().nullable(),
    holds: z.array(z.string()).describe('classes of data it holds'),
  })
  .meta({ id: 'TopologyNode' });

const edge = z
  .object({
    from: z.string().describe('key of the caller'),
    to: z.string().describe('key of the callee'),
    port: z.int(),
    unit: z.enum(['requests', 'connections']),
    count: z.int(),
    failures: z.int().describe('errors among those let through'),
    denied: z.int().describe("turned away by policy or by the caller's own proxy"),
    verdicts: z.record(z.string(), z.int()),
    policies: z.array(z.string()),
    mTls: z.boolean().nullable().describe('null where nothing was sent'),
    identity: z.string().nullable(),
    first: instant,
    last: instant,
  })
  .meta({ id: 'TopologyEdge' });

const topology = z.object({
  cluster: z.string(),
  since: instant,
  at: instant,
  nodes: z.array(node),
  edges: z.array(edge),
  ...fresh,
});

export const readGraph = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/graph',
  summary: 'Who called whom in a period',
  description: 'Workloads that live at `at`, whatever took part in a call since `since`, and the calls.',
  input: z.strictObject({
    cluster,
    at,
    since,
    namespace,
    withLinkerd: flag.describe("Also Linkerd's own namespaces, which every proxy calls."),
  }),
  answer: topology,
  fails: [404],
} as const satisfies Operation;

export const readNeighbourhood = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/neighbourhoods',
  summary: 'What is around one node, up to three calls away',
  description:
    'The node is named in the query, since SPIFFE identities hold slashes that gateways rewrite in a path. Calls are ' +
    'followed in both directions.',
  input: z.strictObject({
    node: z.string().min(1).describe('`namespace/name`, `namespace/kind/name`, an identity, or an external address.'),
    depth: wholeNumber(3).default(1).describe('How many calls away, up to 3.'),
    cluster,
    at,
    since,
    withLinkerd: flag.describe("Also Linkerd's own namespaces, which every proxy calls."),
  }),
  answer: topology.extend({ node: z.string().describe('key of the node asked about'), depth: z.int() }),
  fails: [404],
} as const satisfies Operation;
