import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { formatInstant } from '../instant.ts';
import { type Alert, alertDocument } from './alert.ts';
import { FINDING_CHANGES } from './finding-change.ts';
import { cutText } from './fit-evidence.ts';

export const DIGEST_SCHEMA = 'meshgraph.alert-digest/v1';

const names = z.array(z.string());

/** Many changes in one message: docs/schemas/alert-digest.v1.json is made from it. */
export const digestDocument = z.object({
  schema: z.literal(DIGEST_SCHEMA),
  id: z.string().describe('The newest change in it. One that comes twice was sent twice.'),
  reason: z
    .enum(['firstRun', 'flood'])
    .describe('What was there when these checks began to be judged, or too many changes at once.'),
  cluster: z.string(),
  at: z.int().nonnegative().describe('The newest evaluation in it, epoch milliseconds.'),
  title: z.string(),
  changes: z.int().positive().describe('How many changes it sums up.'),
  severity: z.enum(SEVERITIES).describe('The gravest.'),
  checks: z
    .array(
      z.object({
        check: z.string(),
        change: z.enum(FINDING_CHANGES),
        severity: z.enum(SEVERITIES).describe('The gravest of them.'),
        count: z.int().positive(),
      }),
    )
    .describe('How many of each check and change, gravest first.'),
  namespaces: names,
  owners: names,
  gravest: z
    .array(alertDocument.pick({ id: true, finding: true, check: true, change: true, severity: true, message: true }))
    .describe('The gravest of them.'),
  command: z.string().describe('Shows all findings as of that evaluation.'),
});

export type AlertDigest = z.infer<typeof digestDocument>;

const MOST_GRAVEST = 10;
const MOST_NAMES = 50;

/** Sums up alerts of one cluster, at least one, in the order of their evaluations. */
export function composeDigest(alerts: readonly [Alert, ...Alert[]], first: boolean): AlertDigest {
  const last = alerts.at(-1) ?? alerts[0];
  const { cluster, at } = last;
  const ranked = [...alerts].sort((a, b) => gravity(a) - gravity(b));
  const kinds = [...Map.groupBy(ranked, ({ check, change }) => `${check} ${change}`).values()];
  return {
    schema: DIGEST_SCHEMA,
    id: `${last.id}/digest`,
    reason: first ? 'firstRun' : 'flood',
    cluster,
    at,
    title: `${alerts.length} changes in ${cluster}`,
    changes: alerts.length,
    severity: (ranked[0] ?? last).severity,
    checks: kinds.flatMap((members) =>
      members.slice(0, 1).map(({ check, change, severity }) => ({ check, change, severity, count: members.length })),
    ),
    namespaces: distinct(alerts.flatMap(({ namespaces }) => namespaces)),
    owners: distinct(alerts.flatMap(({ owners }) => owners)),
    gravest: ranked.slice(0, MOST_GRAVEST).map(({ id, finding, check, change, severity, message }) => {
      return { id, finding, check, change, severity, message: cutText(message, 500) };
    }),
    command: `meshgraph check --cluster ${cluster} --at ${formatInstant(at)}`,
  };
}

const gravity = ({ severity }: Alert): number => SEVERITIES.indexOf(severity);

const distinct = (all: readonly string[]): string[] => [...new Set(all)].sort().slice(0, MOST_NAMES);
