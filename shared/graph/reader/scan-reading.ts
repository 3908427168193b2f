import type { Answer, Reader } from '../../domain/api/operations.ts';
import { SOURCES } from '../../domain/api/scans.ts';
import { FAMILIES } from '../../kubernetes/families.ts';
import { chooseCluster } from '../../questions/ask.ts';
import { readPeriod } from '../../questions/period.ts';
import { readClusters, readKnowledge } from '../knowledge.ts';
import { chooseClusters } from './choose-clusters.ts';
import { page, readCursor } from './cursor.ts';
import type { ReadingContext } from './graph-reader.ts';
import { readFreshness, readLatestFreshness } from './read-freshness.ts';
import query from './scans.cypher';

type ScanRow = Omit<Answer<'listScans'>['scans'][number], 'coverage'> & { readonly coverage: string };

/** The ledger of scans, page by page, and how much of a period they cover. */
export function scanReading({ graph, now }: ReadingContext): Pick<Reader, 'listScans' | 'readCoverage'> {
  return {
    listScans: async ({ cluster: name, source, limit, cursor }) => {
      const known = chooseCluster(await readClusters(graph), name);
      const { cluster } = known;
      const after = readCursor(cursor);
      const position = { before: after?.at ?? Number.MAX_SAFE_INTEGER, afterKey: after?.key ?? '' };
      const found: ScanRow[] = [];
      for (const one of source ? [source] : SOURCES) {
        found.push(...(await graph.read<ScanRow>(query, { cluster, source: one, ...position, limit: limit + 1 })));
      }
      found.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
      const { rows, next } = page(found, limit, ({ at, id }) => ({ at, key: id }));
      const freshness = await readLatestFreshness(graph, [known]);
      return { scans: rows.map((row) => ({ ...row, coverage: JSON.parse(row.coverage) })), next, freshness };
    },
    readCoverage: async ({ cluster: name, ...asked }) => {
      const known = await chooseClusters(graph, name);
      const periods = known.map(({ cluster, newest }) => ({ cluster, ...readPeriod(asked, newest, now()) }));
      const coverage = periods.map(async ({ cluster, ...period }) => {
        const names = Object.keys(FAMILIES);
        const knowledge = await readKnowledge(graph, cluster, period, names);
        return {
          cluster,
          ...period,
          watchedSince: knowledge.watchedSince ?? null,
          coveredMs: knowledge.trafficCoveredMs,
          partialWindows: knowledge.partialWindows,
          families: Object.fromEntries(names.map((family) => [family, knowledge.families[family] ?? null])),
        };
      });
      return {
        coverage: await Promise.all(coverage),
        freshness: await Promise.all(periods.map(({ cluster, ...period }) => readFreshness(graph, cluster, period))),
      };
    },
  };
}
