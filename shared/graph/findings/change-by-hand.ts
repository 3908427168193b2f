import { composeAlert } from '../../domain/alerts/compose-alert.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import { DEFAULT_FLAPPING } from '../../domain/findings/flapping.ts';
import type { Acceptance, LifeEvent } from '../../domain/findings/life.ts';
import { live } from '../../domain/findings/live.ts';
import { refusalOf } from '../../domain/findings/refusal.ts';
import { eventOf } from '../../domain/findings/transform-findings.ts';
import type { Graph } from '../connection.ts';
import { writeAlerts } from '../outbox/write-alerts.ts';
import beginEvaluation from './begin-evaluation.cypher';
import { toProperties } from './life-properties.ts';
import query from './live.cypher';
import { readStoredFindings } from './read-stored-findings.ts';

type Named = { readonly cluster: string; readonly key: string };
type ByHand = Extract<LifeEvent, { kind: 'accepted' | 'withdrawn' }>;

/**
 * Accepts an open finding by hand and puts that into the outbox, in one transaction, in turn with evaluations. The same
 * acceptance twice changes nothing. Throws NotFoundError for an unknown finding, InvalidInputError for a resolved one.
 */
export const acceptFinding = (graph: Graph, { cluster, key, ...acceptance }: Named & Acceptance): Promise<void> =>
  changeByHand(graph, { cluster, key }, { kind: 'accepted', ...acceptance });

/**
 * Ends an acceptance by hand before its day, likewise. One that is open stays as it is. Throws NotFoundError for an unknown
 * finding, InvalidInputError for a resolved one and for one that an exception of the configuration accepts.
 */
export const reopenFinding = (
  graph: Graph,
  { cluster, key, ...withdrawal }: Named & Pick<Acceptance, 'by' | 'reason' | 'at'>,
): Promise<void> => changeByHand(graph, { cluster, key }, { kind: 'withdrawn', ...withdrawal });

function changeByHand(graph: Graph, { cluster, key }: Named, event: ByHand): Promise<void> {
  return graph.transaction(async (transaction) => {
    await transaction.run(beginEvaluation, { cluster });
    const [before] = await readStoredFindings(transaction, [key]);
    if (!before) throw new NotFoundError(`cluster ${cluster} has no finding ${key}: list them with meshgraph findings`);
    const refusal = refusalOf(before.life, event);
    if (refusal !== undefined) throw new InvalidInputError(`finding ${key} ${refusal}`);
    const { after, told } = live(before.life, event, DEFAULT_FLAPPING);
    await transaction.run(query, { key, life: toProperties(after) });
    if (told === undefined) return;
    const alert = composeAlert(eventOf({ cluster, at: event.at, finding: before.finding, before, told }));
    await writeAlerts(transaction, [{ alert, first: false }]);
  });
}
