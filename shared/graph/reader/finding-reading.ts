import { SEVERITIES } from '../../checks/check.ts';
import type { FindingAnswer } from '../../domain/api/findings.ts';
import type { Answer, Reader } from '../../domain/api/operations.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { endOfDay, formatInstant } from '../../domain/instant.ts';
import { acceptFinding, reopenFinding } from '../findings/change-by-hand.ts';
import { chooseClusters } from './choose-clusters.ts';
import { page, readCursor } from './cursor.ts';
import type { ReadingContext } from './graph-reader.ts';
import { mustBeCheck } from './must-be-check.ts';
import { countFindings, findingNamed, type ReadFinding, readFindings } from './read-findings.ts';
import { readLatestFreshness } from './read-freshness.ts';

type FindingReading = Pick<Reader, 'listFindings' | 'readFinding' | 'acceptFinding' | 'reopenFinding'>;

/** The findings that evaluations recorded, page by page or one with its history, and what who is asking decides of one. */
export function findingReading({ graph, now, caller = 'unknown' }: ReadingContext): FindingReading {
  const named = async (id: string, name: string | undefined) => {
    const known = await chooseClusters(graph, name);
    const { key, ...finding } = await findingNamed(
      graph,
      known.map(({ cluster }) => cluster),
      id,
    );
    const { cluster } = finding;
    const freshness = () =>
      readLatestFreshness(
        graph,
        known.filter((one) => one.cluster === cluster),
      );
    return { cluster, key, finding, freshness };
  };
  const changed = async (
    { id, cluster: name }: { readonly id: string; readonly cluster?: string | undefined },
    change: (one: { readonly cluster: string; readonly key: string }) => Promise<void>,
  ): Promise<Answer<'acceptFinding'>> => {
    const { cluster, key, freshness } = await named(id, name);
    await change({ cluster, key });
    return { finding: toAnswer(await findingNamed(graph, [cluster], id)), freshness: await freshness() };
  };

  return {
    listFindings: async ({ cluster, state, severity, check, namespace, owner, limit, cursor }) => {
      const known = await chooseClusters(graph, cluster);
      // A check of the user's own is known by what it found.
      const clusters = known.map((one) => one.cluster);
      if (check !== undefined && (await readFindings(graph, { clusters, check }, 1)).length === 0) mustBeCheck(check);
      const filter = {
        clusters,
        states: state && [state],
        severities: severity && SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1),
        check,
        namespace,
        owner,
      };
      const found = await readFindings(graph, filter, limit + 1, readCursor(cursor));
      const { rows, next } = page(found, limit, ({ openedAt, key }) => ({ at: openedAt, key }));
      const total = cursor === undefined ? await countFindings(graph, filter) : null;
      return { findings: rows.map(toAnswer), total, next, freshness: await readLatestFreshness(graph, known) };
    },
    readFinding: async ({ id, cluster }) => {
      const { finding, freshness } = await named(id, cluster);
      return { finding, freshness: await freshness() };
    },
    acceptFinding: async ({ reason, until: lastDay, ...asked }) => {
      const at = now();
      const until = endOfDay(lastDay);
      if (until > at) {
        return changed(asked, (one) => acceptFinding(graph, { ...one, reason, until, at, by: caller }));
      }
      throw new InvalidInputError(`until ${lastDay} is over since ${formatInstant(until)}: name a day to come`);
    },
    reopenFinding: ({ reason, ...asked }) =>
      changed(asked, (one) => reopenFinding(graph, { ...one, reason, at: now(), by: caller })),
  };
}

const toAnswer = ({ key: _, history: _history, ...finding }: ReadFinding): FindingAnswer => finding;
