import { z } from 'zod';
import { rowOf } from '../rows-of.ts';
import { windowRow } from '../watched/watched.ts';

const windowTold = z.object({ from: z.number(), to: z.number(), coverage: z.string() });

/** What the queries of the question answer, by what it tells of. Coverage is the text an observation brought along. */
export const coverageRow = z.union([
  windowRow,
  rowOf('partial', windowTold),
  rowOf('newest window', windowTold),
  rowOf('scans', z.object({ source: z.string(), newest: z.number(), coverage: z.string(), at: z.array(z.number()) })),
  rowOf('family', z.object({ family: z.string(), newest: z.number() })),
  rowOf('pods', z.object({ namespace: z.string(), pods: z.number() })),
]);
export type CoverageRow = z.infer<typeof coverageRow>;

export type Told<What extends CoverageRow['what']> = Extract<CoverageRow, { what: What }>['told'];

const trafficCoverage = z.object({
  scrapes: z
    .array(
      z.object({
        namespace: z.string(),
        proxies: z.number(),
        silent: z.number(),
        failedScrapes: z.number().optional(),
      }),
    )
    .default([]),
  notes: z.array(z.string()).default([]),
});

/** The coverage of a traffic window, from its text. */
export const parseTrafficCoverage = (text: string): z.infer<typeof trafficCoverage> =>
  trafficCoverage.parse(JSON.parse(text));

const clusterCoverage = z.object({
  kinds: z.record(z.string(), z.object({ status: z.string(), message: z.string().optional() })).default({}),
});

/** The kinds a scan could not read, each with why, from the text of its coverage. */
export function unreadKinds(text: string): Map<string, string> {
  const { kinds } = clusterCoverage.parse(JSON.parse(text));
  const unread = Object.entries(kinds).filter(([, { status }]) => status === 'forbidden' || status === 'failed');
  return new Map(
    unread.map(([kind, { status, message }]) => [kind, message === undefined ? status : `${status}: ${message}`]),
  );
}
