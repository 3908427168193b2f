import type { FindingsRecord } from '../checks/finding.ts';
import { composeAlert } from '../domain/alerts/compose-alert.ts';
import { type EvaluatedFinding, transformFindings } from '../domain/findings/transform-findings.ts';
import type { Graph, Transaction } from './connection.ts';
import { ensureSchema } from './constraints.ts';
import beginEvaluation from './findings/begin-evaluation.cypher';
import endEvaluation from './findings/end-evaluation.cypher';
import { linkEntities, locateFindings } from './findings/entities.ts';
import { type JudgedChecks, judgedAfter, newsOf } from './findings/judged-checks.ts';
import { toProperties } from './findings/life-properties.ts';
import place from './findings/place.cypher';
import { readStoredFindings } from './findings/read-stored-findings.ts';
import record from './findings/record.cypher';
import { writeAlerts } from './outbox/write-alerts.ts';

/** The instant of the newest evaluation, the checks that were judged in it or in any before, and since when each was. */
type LastEvaluation = JudgedChecks & { readonly at: number | null };

const NEVER: LastEvaluation = { at: null, judged: [], judgedSince: [] };

const BATCH = 1_000;

/**
 * Opens, keeps, reopens and resolves findings, and puts what changed into the outbox, in one transaction: what is told
 * happened, and what happened is told. Evaluations of a cluster wait for each other, so the same one twice, even at the
 * same time, changes nothing. One older than the newest recorded is a look at the past: then the answer is false. One that
 * could judge nothing is no evaluation: a clock that ran ahead must not make the true ones look old.
 */
export async function writeFindings(graph: Graph, evaluation: FindingsRecord): Promise<boolean> {
  const { cluster, at, looks, telling } = evaluation;
  await ensureSchema(graph);
  return graph.transaction(async (transaction) => {
    const [last = NEVER] = await transaction.run<LastEvaluation>(beginEvaluation, { cluster });
    if ((last.at ?? 0) > at) return false;
    if (looks.every(({ judged }) => judged === 'none')) return true;
    const keys = [...evaluation.open, ...evaluation.accepted.map(({ finding }) => finding)].map(({ key }) => key);
    const stored = await readStoredFindings(transaction, cluster, keys);
    const { evaluated, events } = transformFindings(stored, evaluation);
    await writeEvaluated(transaction, evaluated, { cluster, at });
    const moved = evaluated.filter((one) => one.moved).map(({ finding }) => finding);
    const places = await locateFindings(transaction, cluster, moved);
    await transaction.run(place, { places: [...places].map(([key, known]) => ({ key, ...known })) });
    const alerts = events.map((event) => ({
      alert: composeAlert({ ...event, ...places.get(event.finding.key) }),
      ...newsOf(event, last, evaluation, telling.learning),
    }));
    await writeAlerts(transaction, alerts);
    await transaction.run(endEvaluation, { cluster, at, ...judgedAfter(last, evaluation) });
    return true;
  });
}

async function writeEvaluated(
  transaction: Transaction,
  evaluated: readonly EvaluatedFinding[],
  { cluster, at }: { readonly cluster: string; readonly at: number },
): Promise<void> {
  for (let start = 0; start < evaluated.length; start += BATCH) {
    const findings = evaluated.slice(start, start + BATCH).map((one) => rowOf(one, at));
    await transaction.run(record, { cluster, at, findings });
  }
  const found = evaluated.filter((one) => one.found).map(({ finding }) => finding);
  await linkEntities(transaction, found, at);
}

function rowOf({ finding, life, found }: EvaluatedFinding, at: number) {
  const { key, fingerprint, check, message, row } = finding;
  const told = found ? { message, row: JSON.stringify(row), lastSeen: at } : {};
  return { key, fingerprint, check, found: told, life: toProperties(life) };
}
