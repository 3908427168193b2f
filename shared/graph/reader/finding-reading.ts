import { SEVERITIES } from '../../checks/check.ts';
import type { FindingAnswer } from '../../domain/api/findings.ts';
import type { Reader } from '../../domain/api/operations.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { endOfDay, formatInstant } from '../../domain/instant.ts';
import { acceptFinding } from '../findings/accept-finding.ts';
import { chooseClusters } from './choose-clusters.ts';
import { page, readCursor } from './cursor.ts';
import type { ReadingContext } from './graph-reader.ts';
import { mustBeCheck } from './must-be-check.ts';
import { findingNamed, readFindings } from './read-findings.ts';
import { readLatestFreshness } from './read-freshness.ts';

/** The findings that evaluations recorded, page by page, and the acceptance of one by who is asking. */
export function findingReading(context: ReadingContext): Pick<Reader, 'listFindings' | 'acceptFinding'> {
  const { graph, now } = context;
  return {
    listFindings: async ({ cluster, state, severity, check, limit, cursor }) => {
      if (check !== undefined) mustBeCheck(check);
      const known = await chooseClusters(graph, cluster);
      const filter = {
        clusters: known.map((one) => one.cluster),
        states: state && [state],
        severities: severity && SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1),
        check,
      };
      const found = await readFindings(graph, filter, limit + 1, readCursor(cursor));
      const { rows, next } = page(found, limit, ({ openedAt, key }) => ({ at: openedAt, key }));
      return { findings: rows.map(toAnswer), next, freshness: await readLatestFreshness(graph, known) };
    },
    acceptFinding: async ({ id, cluster: name, reason, until: lastDay }) => {
      const known = await chooseClusters(graph, name);
      const at = now();
      const until = endOfDay(lastDay);
      if (until <= at)
        throw new InvalidInputError(`until ${lastDay} is over since ${formatInstant(until)}: name a day to come`);
      const clusters = known.map((one) => one.cluster);
      const { cluster, key } = await findingNamed(graph, clusters, id);
      await acceptFinding(graph, { cluster, key, reason, until, at, by: context.caller ?? 'unknown' });
      const finding = toAnswer(await findingNamed(graph, [cluster], id));
      const of = known.filter((one) => one.cluster === cluster);
      return { finding, freshness: await readLatestFreshness(graph, of) };
    },
  };
}

const toAnswer = ({ key: _, ...finding }: FindingAnswer & { key: string }): FindingAnswer => finding;
