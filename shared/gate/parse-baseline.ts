import { z } from 'zod';
import { InvalidInputError } from '../domain/errors.ts';
import { BASELINE_SCHEMA, type Baseline } from './baseline.ts';

const instant = z.int().nonnegative();
const text = z.string();
const texts = z.array(text);
const count = z.number().nonnegative();
const named = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string'),
  'expected texts by name',
);
const node = z.object({ label: text, key: text, name: text });

const object = z.object({
  apiVersion: text,
  kind: text,
  metadata: z.object({
    name: text,
    namespace: text.optional(),
    labels: named.optional(),
    annotations: named.optional(),
    creationTimestamp: text.nullish(),
  }),
});

const edge = z.object({
  from: node,
  to: node,
  port: instant,
  unit: z.enum(['requests', 'connections']),
  shares: z.array(z.object({ verdict: text, count, failures: count, policies: texts })),
  count,
  mTls: z.boolean(),
  identity: text.nullable(),
  serverIdentities: texts,
  first: instant,
  last: instant,
});

const baseline = z.strictObject({
  schema: z.literal(BASELINE_SCHEMA),
  cluster: text.min(1),
  at: instant,
  settings: z.strictObject({
    controlPlaneNamespace: text,
    trustDomain: text,
    clusterNetworks: texts,
    defaultInboundPolicy: text,
    probeNetworks: texts,
    opaquePorts: text,
    ignoreInboundPorts: text,
    egressNamespace: text,
  }),
  objects: z.array(object),
  workloads: z.array(z.object({ namespace: text, kind: text, name: text, labels: texts, annotations: texts })),
  traffic: z.strictObject({
    since: instant,
    at: instant,
    coveredMs: instant,
    partialWindows: instant,
    newest: instant.nullable(),
    edges: z.array(edge),
  }),
  unread: texts,
  notes: texts,
});

const MAKE = 'Make it with `meshgraph export --baseline FILE`.';

/**
 * The Baseline a text holds. `shown` is how messages call its file. Throws InvalidInputError for what is none, was written
 * by another version of meshgraph, or lacks a part.
 */
export function parseBaseline(given: string, shown: string): Baseline {
  if (given.trim() === '') throw new InvalidInputError(`${shown} is empty. ${MAKE}`);
  const json = parseJson(given, shown);
  const schema = (json as { readonly schema?: unknown } | null)?.schema;
  if (typeof schema === 'string' && schema.startsWith('meshgraph.baseline/') && schema !== BASELINE_SCHEMA) {
    throw new InvalidInputError(
      `${shown} was written by another meshgraph (${schema}; this one reads ${BASELINE_SCHEMA}): use the same version for both`,
    );
  }
  if (schema !== BASELINE_SCHEMA) {
    throw new InvalidInputError(`${shown} is not a baseline: it names no ${BASELINE_SCHEMA}. ${MAKE}`);
  }
  const parsed = baseline.safeParse(json);
  if (parsed.success) return json as Baseline;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'its top level';
  throw new InvalidInputError(`${shown} is not a whole baseline: ${where}: ${issue?.message}. ${MAKE}`, {
    cause: parsed.error,
  });
}

function parseJson(given: string, shown: string): unknown {
  try {
    return JSON.parse(given);
  } catch (cause) {
    const isCut = given.trimStart().startsWith('{') && !given.trimEnd().endsWith('}');
    const why = isCut ? 'is cut off: its JSON ends in the middle' : `is no baseline: it is no JSON`;
    throw new InvalidInputError(`${shown} ${why}. ${MAKE}`, { cause });
  }
}
