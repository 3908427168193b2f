import { z } from 'zod';

/**
 * A bundle: what a live cluster said, recorded once to be scanned elsewhere. One gzip file of JSON lines in time order:
 * a header, then for each recording its samples slice by slice and its snapshot of objects, then `end` with counts, so
 * that a cut file is told from a whole one. Instants are epoch milliseconds.
 */
export const BUNDLE_SCHEMA = 'meshgraph.bundle/v1';

const instant = z.int().nonnegative();
const text = z.string();
const objects = z.looseObject({ metadata: z.looseObject({ name: text }) });

/** What came of a question to the API server. `expired` = the list began again, its pages so far are void. */
const outcome = z.enum(['complete', 'absent', 'forbidden', 'expired', 'failed']);

const discovery = z.strictObject({
  kubernetesVersion: text,
  resources: z.record(
    text,
    z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('served'), apiVersion: text }),
      z.strictObject({ status: z.literal('absent') }),
      z.strictObject({ status: z.literal('unknown'), message: text }),
    ]),
  ),
});

const labelNames = z.strictObject({
  selector: text,
  target: z.array(text),
  instance: text,
  namespace: text,
  pod: text,
  workloadKinds: z.record(text, text),
});

export const bundleHeader = z.strictObject({
  schema: z.literal(BUNDLE_SCHEMA),
  cluster: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/),
  /** Where the data comes from, in words. */
  source: text,
  recordedAt: instant,
  /** The spans `[from, to)` traffic was recorded for, ascending and apart. Samples reach a lookback before each. */
  spans: z.array(z.strictObject({ from: instant, to: instant })),
  /** How far before a window a counter's last sample is looked for. */
  lookbackMs: instant,
  labels: labelNames,
});

const samples = z.strictObject({
  type: z.literal('samples'),
  series: instant,
  /** The first time, then what each is later than the one before. */
  times: z.array(instant).min(1),
  /** JSON has no NaN and no infinities. */
  values: z.array(z.union([z.number(), z.enum(['NaN', '+Inf', '-Inf'])])),
});

export const bundleRecord = z.discriminatedUnion('type', [
  /** Names a series once; its samples follow by number. */
  z.strictObject({ type: z.literal('series'), series: instant, labels: z.record(text, text) }),
  samples,
  /** All samples of `[from, to)` have been given. */
  z.strictObject({ type: z.literal('slice'), from: instant, to: instant, recordedAt: instant }),
  z.strictObject({ type: z.literal('snapshot'), at: instant, discovery }),
  z.strictObject({ type: z.literal('page'), kind: text, resourceVersion: text, items: z.array(objects) }),
  z.strictObject({ type: z.literal('listed'), kind: text, apiVersion: text, outcome, message: text.optional() }),
  z.strictObject({
    type: z.literal('configMap'),
    namespace: text,
    name: text,
    outcome,
    message: text.optional(),
    object: objects.optional(),
  }),
]);

export type BundleHeader = z.infer<typeof bundleHeader>;
export type BundleRecord = z.infer<typeof bundleRecord>;
export type SamplesRecord = z.infer<typeof samples>;
export type RecordOutcome = z.infer<typeof outcome>;

/** How many records of each type stand before it. */
export const bundleEnd = z.strictObject({ type: z.literal('end'), records: z.record(text, instant) });
