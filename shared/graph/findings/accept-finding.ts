import { composeAlert } from '../../domain/alerts/compose-alert.ts';
import { changeOf } from '../../domain/alerts/finding-change.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import type { Graph } from '../connection.ts';
import { writeAlerts } from '../outbox/write-alerts.ts';
import accept from './accept.cypher';
import beginEvaluation from './begin-evaluation.cypher';
import { readStoredFindings } from './read-stored-findings.ts';

/** `until` is the first instant it no longer holds, `at` is now; epoch milliseconds. `by` is who accepts. */
export type Acceptance = {
  readonly cluster: string;
  readonly key: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  readonly until: number;
};

/**
 * Accepts an open finding by hand and puts that into the outbox, in one transaction, in turn with evaluations. The same
 * acceptance twice changes nothing. Throws NotFoundError for an unknown finding, InvalidInputError for a resolved one.
 */
export function acceptFinding(graph: Graph, acceptance: Acceptance): Promise<void> {
  const { cluster, key, at } = acceptance;
  return graph.transaction(async (transaction) => {
    await transaction.run(beginEvaluation, { cluster });
    const before = (await readStoredFindings(transaction, cluster, [key])).find((finding) => finding.key === key);
    if (!before) throw new NotFoundError(`cluster ${cluster} has no finding ${key}: list them with meshgraph findings`);
    if (before.state === 'resolved') {
      throw new InvalidInputError(`finding ${key} is resolved: there is nothing to accept until it opens again`);
    }
    await transaction.run(accept, acceptance);
    const change = changeOf(before, { state: 'accepted', severity: before.severity });
    if (change === undefined) return;
    const { openedAt, namespaces, owners } = before;
    const alert = composeAlert({ change, at, cluster, openedAt, finding: before, namespaces, owners });
    await writeAlerts(transaction, [{ alert, first: false }]);
  });
}
