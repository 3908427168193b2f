import { type Finding, type FindingsRecord, fingerprint, type Look } from '../../../shared/checks/finding.ts';
import type { Alert } from '../../../shared/domain/alerts/alert.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { CLUSTER, keyOf, minute } from '../checks/small-mesh.ts';

const CHECK = 'denied-arrivals';

/** A finding about shop/books, told apart by its caller. */
export async function findingOf(caller: string, more: Partial<Finding> = {}): Promise<Finding> {
  const print = await fingerprint(CHECK, [caller]);
  return {
    key: `${CLUSTER}/Finding/${print}`,
    fingerprint: print,
    check: CHECK,
    severity: 'high',
    message: `${caller} was denied`,
    about: [{ label: 'Workload', key: keyOf('Deployment', 'shop/books') }],
    row: { caller },
    ...more,
  };
}

/** Looks at checks that are no matter of traffic and were judged whole: what they do not find is over. */
export const looksAt = (...checks: string[]): Look[] =>
  checks.map((check) => ({ check, judged: 'whole', parameters: [] }));

/** Each change at once, and nothing is called flapping. */
export const TELLING = { flapping: { times: 1_000, within: 1 }, learning: 0 };

/** An evaluation of the cluster at a minute that judged its check and found these. */
export const evaluationAt = (
  n: number,
  open: readonly Finding[],
  more: Partial<FindingsRecord> = {},
): FindingsRecord => ({
  cluster: CLUSTER,
  at: minute(n),
  looks: looksAt(CHECK),
  open,
  accepted: [],
  telling: TELLING,
  ...more,
});

/** The outbox as it is: what changed, in order. */
export async function toldBy(graph: Graph): Promise<string[]> {
  const rows = await graph.read<{ document: string }>(
    'MATCH (alert:Alert) RETURN alert.document AS document ORDER BY alert.at, alert.document',
  );
  return rows.map(({ document }) => {
    const { change, message } = JSON.parse(document) as Alert;
    return `${change}: ${message}`;
  });
}
