import { z } from 'zod';
import { windowRow } from '../watched/watched.ts';

const row = <What extends string, Told extends z.ZodType>(what: What, told: Told) =>
  z.object({ what: z.literal(what), told });

const windowTold = z.object({ from: z.number(), to: z.number(), coverage: z.string() });

/** What the queries of the question answer, by what it tells of. Coverage is the text an observation brought along. */
export const coverageRow = z.union([
  windowRow,
  row('partial', windowTold),
  row('newest window', windowTold),
  row('scans', z.object({ source: z.string(), newest: z.number(), coverage: z.string(), at: z.array(z.number()) })),
  row('family', z.object({ family: z.string(), newest: z.number() })),
  row('pods', z.object({ namespace: z.string(), pods: z.number() })),
]);
export type CoverageRow = z.infer<typeof coverageRow>;

/** The rows of one kind. */
export const toldOf = <What extends CoverageRow['what']>(
  rows: readonly CoverageRow[],
  what: What,
): Extract<CoverageRow, { what: What }>['told'][] =>
  rows.flatMap((one) => (one.what === what ? [one.told as never] : []));

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
