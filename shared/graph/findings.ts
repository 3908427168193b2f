import type { FindingsRecord } from '../checks/finding.ts';
import { composeAlert, type FindingEvent } from '../domain/alerts/compose-alert.ts';
import { type FoundFinding, findingEvents } from '../domain/alerts/finding-events.ts';
import type { Graph } from './connection.ts';
import { ensureSchema } from './constraints.ts';
import beginEvaluation from './findings/begin-evaluation.cypher';
import endEvaluation from './findings/end-evaluation.cypher';
import { linkEntities, locateEvents } from './findings/entities.ts';
import { readStoredFindings } from './findings/read-stored-findings.ts';
import record from './findings/record.cypher';
import resolve from './findings/resolve.cypher';
import { writeAlerts } from './outbox/write-alerts.ts';

/** The instant of the newest evaluation, and the checks that were judged in it or in any before. */
type LastEvaluation = { readonly at: number | null; readonly judged: readonly string[] };

const NEVER: LastEvaluation = { at: null, judged: [] };

/**
 * Opens, keeps, reopens and resolves findings, and puts what changed into the outbox, in one transaction: what is told
 * happened, and what happened is told. Evaluations of a cluster wait for each other, so the same one twice, even at the
 * same time, changes nothing. One older than the newest recorded is a look at the past: then the answer is false.
 */
export async function writeFindings(graph: Graph, evaluation: FindingsRecord): Promise<boolean> {
  const { cluster, at, judged } = evaluation;
  await ensureSchema(graph);
  return graph.transaction(async (transaction) => {
    const [last] = await transaction.run<LastEvaluation>(beginEvaluation, { cluster });
    const { at: lastAt, judged: before } = last ?? NEVER;
    if ((lastAt ?? 0) > at) return false;
    const keys = [...evaluation.open, ...evaluation.accepted].map(({ key }) => key);
    const stored = await readStoredFindings(transaction, cluster, keys);
    const { found, events } = findingEvents(stored, evaluation);
    await transaction.run(resolve, { cluster, at, judged, keys });
    await transaction.run(record, { cluster, at, findings: found.map(rowOf) });
    await linkEntities(
      transaction,
      found.map(({ finding }) => finding),
      at,
    );
    const located = await locateEvents(transaction, cluster, events);
    const alerts = located.map((event) => ({
      alert: composeAlert(event),
      first: !before.includes(event.finding.check),
    }));
    await writeAlerts(transaction, alerts);
    const everJudged = [...new Set([...before, ...judged])].sort();
    await transaction.run(endEvaluation, { cluster, at, everJudged, places: located.map(placeOf) });
    return true;
  });
}

const rowOf = ({ finding: { key, fingerprint, check, severity, message, row }, state }: FoundFinding) => {
  return { key, fingerprint, check, severity, message, state, row: JSON.stringify(row) };
};

const placeOf = ({ finding: { key }, namespaces, owners }: FindingEvent) => ({ key, namespaces, owners });
