import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import population from './population.cypher';
import query from './query.cypher';

export const firstTimeCaller = defineCheck({
  id: 'first-time-caller',
  group: 'novelty',
  title: 'no caller is new',
  severity: 'low',
  rationale:
    'A caller reached something it had never called while the mesh was watched. Most are releases; the one that is not ' +
    'is what an intruder looks like. Judged only after a learning period, since at first everybody is new.',
  remedy:
    'Compare with what was released then (`meshgraph ask changes`). If nobody expected the call, deny it by policy and look into the caller.',
  needs: { traffic: true, families: [], watchedFor: 'learning' },
  parameters: [
    {
      name: 'learning',
      meaning: 'how long the mesh must have been watched before a first call counts as new',
      defaultMs: parseDuration('7d'),
    },
  ],
  query,
  population: { noun: 'pairs that spoke', query: population },
  controls: ['soc2-cc7.2', 'iso27001-a.8.16', 'nist-si-4'],
  row: z.object({
    callerKey: z.string(),
    callerLabel: z.string(),
    caller: z.string(),
    calleeKey: z.string(),
    calleeLabel: z.string(),
    callee: z.string(),
    ports: z.array(z.number()),
    count: z.number(),
    first: z.number(),
    watchedSince: z.number(),
  }),
  message: (row) =>
    `${row.caller} called ${row.callee} (port ${row.ports.join(', ')}) for the first time at ${formatInstant(row.first)}, ` +
    `${times(row.count)} in all; watched since ${formatInstant(row.watchedSince)}`,
  about: (row) => [
    { label: row.callerLabel, key: row.callerKey },
    { label: row.calleeLabel, key: row.calleeKey },
  ],
  fingerprint: (row) => [row.callerKey, row.calleeKey],
});
