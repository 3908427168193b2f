import { z } from 'zod';
import { at, cluster, cursor, limit, next, since } from './asked.ts';
import { fresh, instant } from './freshness.ts';
import type { Operation } from './operation.ts';

export const SOURCES = ['traffic', 'cluster', 'certificates'] as const;

const scan = z
  .object({
    id: z.string(),
    cluster: z.string(),
    source: z.enum(SOURCES),
    at: instant.describe('The instant its facts speak of, epoch milliseconds.'),
    from: instant.nullable().describe("The start of a traffic window; null for other sources' scans."),
    readAt: instant,
    windows: z
      .int()
      .describe(
        'How many scans this entry stands for: windows of traffic that are long ago are kept by the day or month.',
      ),
    complete: z.boolean().describe('Nothing was left unread.'),
    families: z.array(z.string()).describe('Fact families read whole; none for traffic.'),
    coverage: z
      .record(z.string(), z.unknown())
      .describe('What it could and could not see; empty where entries were put together.'),
  })
  .meta({ id: 'Scan' });

export const listScans = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/scans',
  summary: 'The ledger of scans',
  description: 'What was observed when, newest first, of one cluster.',
  input: z.strictObject({
    cluster,
    source: z.enum(SOURCES).optional().describe('Only of this source.'),
    limit: limit(200, 50),
    cursor,
  }),
  answer: z.object({ scans: z.array(scan), next, ...fresh }),
  fails: [404],
} as const satisfies Operation;

const coverage = z
  .object({
    cluster: z.string(),
    since: instant,
    at: instant,
    watchedSince: instant.nullable().describe('Where the first traffic window begins; null = there is none.'),
    coveredMs: z.int().describe('How much of the period traffic windows cover.'),
    partialWindows: z.int().describe('Windows of the period read only in part.'),
    families: z.record(z.string(), instant.nullable()).describe('The newest scan that read each family whole.'),
  })
  .meta({ id: 'Coverage' });

export const readCoverage = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/coverage',
  summary: 'How much of a period was seen',
  description: 'Of every cluster, or of the one named. What was not seen is unknown, not absent.',
  input: z.strictObject({ cluster: z.string().min(1).optional().describe('Only this cluster.'), at, since }),
  answer: z.object({ coverage: z.array(coverage), ...fresh }),
  fails: [404],
} as const satisfies Operation;
