import { z } from 'zod';
import { SEVERITIES } from '../checks/check.ts';

const instant = z.int().nonnegative();
const count = z.number().nonnegative();
const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

/** Where in the manifests it is written; lines count from 1. */
const place = z.strictObject({ file: z.string(), line: z.int().positive(), field: z.string().nullable() });

const finding = z
  .strictObject({
    rule: z.string(),
    severity: z.enum(SEVERITIES),
    /** The same violation has the same one in every run. */
    fingerprint: z.string(),
    message: z.string(),
    /** null = nothing of the change is to blame by itself: an object it deletes, or one it does not hold. */
    place: place.nullable(),
    /** `AuthorizationPolicy shop/web`, as far as one object is to blame. */
    object: z.string().nullable(),
    row: z.record(z.string(), value),
  })
  .meta({ id: 'GateFinding' });

/** What `after` begins with where only some of the calls turn, by a fact that metrics do not tell. */
export const MAY_BE = 'may be ';

/** Calls seen whose verdict the change turns. */
const turnedCall = z.strictObject({
  from: z.string(),
  to: z.string(),
  port: z.int().nonnegative(),
  unit: z.enum(['requests', 'connections']),
  count,
  last: instant,
  before: z.string(),
  /** `denied`; `may be denied` where only some of the calls would be: the reason says by what. */
  after: z.string(),
  reason: z.string(),
});

/** Somebody who may call what it could not before; out of the cluster, the namespaces that may. */
const opened = z.strictObject({
  who: z.string(),
  to: z.string(),
  /** null = every port. */
  port: z.int().nonnegative().nullable(),
  /** Classes of data behind it, directly or one call further; out of the cluster, of those who may call. */
  dataClasses: z.array(z.string()),
});

/** What the gate found, as `-o json` and POST /v1/gate tell it. Instants are epoch milliseconds. */
export const gateReportSchema = z.strictObject({
  schema: z.literal('meshgraph.gate/v1'),
  cluster: z.string(),
  at: instant,
  traffic: z.strictObject({
    since: instant,
    at: instant,
    coveredMs: count,
    newest: instant.nullable(),
    edges: z.int().nonnegative(),
    requests: count,
    connections: count,
  }),
  objects: z.strictObject({
    added: z.int().nonnegative(),
    changed: z.int().nonnegative(),
    unchanged: z.int().nonnegative(),
    removed: z.int().nonnegative(),
  }),
  /** What the change causes: only this fails the gate. */
  findings: z.array(finding),
  /** What was so before. */
  existing: z.array(finding),
  /** Excepted by the configuration. */
  skipped: z.array(z.strictObject({ finding, reason: z.string(), until: instant })),
  /** Exceptions that are over, with what they excepted: these findings count again. */
  expired: z.array(z.strictObject({ finding, reason: z.string(), until: instant })),
  calls: z.array(turnedCall),
  opened: z.array(opened),
  /** Why the gate cannot judge, one sentence each. Not empty: exit 2. */
  unjudged: z.array(z.string()),
  notes: z.array(z.string()),
});

export type GateReport = z.infer<typeof gateReportSchema>;
export type GateFinding = z.infer<typeof finding>;
export type TurnedCall = z.infer<typeof turnedCall>;
export type Opened = z.infer<typeof opened>;
