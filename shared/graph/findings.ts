import type { Finding, FindingsRecord } from '../checks/finding.ts';
import { composeAlert } from '../domain/alerts/compose-alert.ts';
import { type EvaluatedFinding, type StoredFinding, transformFindings } from '../domain/findings/transform-findings.ts';
import type { Graph, Transaction } from './connection.ts';
import { ensureSchema } from './constraints.ts';
import beginEvaluation from './findings/begin-evaluation.cypher';
import endEvaluation from './findings/end-evaluation.cypher';
import { linkEntities, locateFindings } from './findings/entities.ts';
import { type JudgedChecks, judgedAfter, newsOf } from './findings/judged-checks.ts';
import { toProperties } from './findings/life-properties.ts';
import liveKeys from './findings/live-keys.cypher';
import markBegun from './findings/mark-begun.cypher';
import place from './findings/place.cypher';
import { readStoredFindings } from './findings/read-stored-findings.ts';
import record from './findings/record.cypher';
import { writeAlerts } from './outbox/write-alerts.ts';

/** The instant of the newest evaluation that began, the checks that were judged in it or in any before, since when each. */
type LastEvaluation = JudgedChecks & { readonly newest: number | null };

const NEVER: LastEvaluation = { newest: null, judged: [], judgedSince: [] };

/** Findings of one transaction: ten thousand take more memory than a small server gives (docs/findings.md). */
const AT_ONCE = 1_000;

/**
 * Opens, keeps, reopens and resolves findings, and puts what changed into the outbox in the same transaction: what is told
 * happened, and what happened is told. Evaluations of a cluster wait for each other, so the same one twice, even at the
 * same time, changes nothing; one of very many findings goes in several transactions, and again from the start where it
 * broke off. One older than the newest that began is a look at the past: then the answer is false. One that could judge
 * nothing is no evaluation: a clock that ran ahead must not make the true ones look old.
 */
export async function writeFindings(graph: Graph, evaluation: FindingsRecord): Promise<boolean> {
  await ensureSchema(graph);
  let left: readonly string[] | undefined;
  do {
    const before = left;
    const step = await graph.transaction((transaction) => takeStep(transaction, evaluation, before));
    if (step === 'outdated') return false;
    left = step;
  } while (left.length > 0);
  return true;
}

/** Lives through the next findings, of the keys `left` or of all there are, and answers the keys that are left then. */
async function takeStep(
  transaction: Transaction,
  evaluation: FindingsRecord,
  left: readonly string[] | undefined,
): Promise<readonly string[] | 'outdated'> {
  const { cluster, at, looks } = evaluation;
  const [last = NEVER] = await transaction.run<LastEvaluation>(beginEvaluation, { cluster });
  if ((last.newest ?? 0) > at) return 'outdated';
  if (looks.every(({ judged }) => judged === 'none')) return [];
  const keys = left ?? (await readKeys(transaction, evaluation));
  await liveThrough(transaction, keys.slice(0, AT_ONCE), evaluation, last);
  const rest = keys.slice(AT_ONCE);
  if (rest.length > 0) await transaction.run(markBegun, { cluster, at });
  else await transaction.run(endEvaluation, { cluster, at, ...judgedAfter(last, evaluation) });
  return rest;
}

async function readKeys(transaction: Transaction, { cluster, open, accepted }: FindingsRecord): Promise<string[]> {
  const live = await transaction.run<{ key: string }>(liveKeys, { cluster });
  const found = [...open, ...accepted.map(({ finding }) => finding)];
  return [...new Set([...found, ...live].map(({ key }) => key))];
}

async function liveThrough(
  transaction: Transaction,
  keys: readonly string[],
  evaluation: FindingsRecord,
  last: LastEvaluation,
): Promise<void> {
  const { cluster, at, telling } = evaluation;
  const chosen = new Set(keys);
  const stored = await readStoredFindings(transaction, keys);
  const { evaluated, events } = transformFindings(stored, {
    ...evaluation,
    open: evaluation.open.filter(({ key }) => chosen.has(key)),
    accepted: evaluation.accepted.filter(({ finding }) => chosen.has(finding.key)),
  });
  const known = new Map(stored.map((one) => [one.finding.key, one]));
  const findings = evaluated.map((one) => rowOf(one, known.get(one.finding.key), at));
  await transaction.run(record, { cluster, at, findings });
  await linkEntities(
    transaction,
    evaluated.filter((one) => one.found).map(({ finding }) => unlinked(finding, known)),
    at,
  );
  const moved = evaluated.filter((one) => one.moved).map(({ finding }) => finding);
  const places = await locateFindings(transaction, cluster, moved);
  await transaction.run(place, { places: [...places].map(([key, known]) => ({ key, ...known })) });
  const alerts = events.map((event) => ({
    alert: composeAlert({ ...event, ...places.get(event.finding.key) }),
    ...newsOf(event, last, evaluation, telling.learning),
  }));
  await writeAlerts(transaction, alerts);
}

/** What stayed as it was is not written again: most findings of most evaluations. */
function rowOf({ finding, life, found }: EvaluatedFinding, before: StoredFinding | undefined, at: number) {
  const { key, fingerprint, check, message, row } = finding;
  const told = found ? { message, row: JSON.stringify(row), lastSeen: at } : {};
  const properties = toProperties(life);
  const isSame = before && JSON.stringify(properties) === JSON.stringify(toProperties(before.life));
  return { key, fingerprint, check, found: told, life: isSame ? {} : properties };
}

/** The finding with what it is about and is not linked to yet. */
function unlinked({ key, about }: Finding, known: ReadonlyMap<string, StoredFinding>): Pick<Finding, 'key' | 'about'> {
  const linked = known.get(key)?.finding.about ?? [];
  return {
    key,
    about: about.filter((one) => !linked.some((other) => other.key === one.key && other.label === one.label)),
  };
}
