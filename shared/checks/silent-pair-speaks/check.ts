import { parseDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import pairsThatSpoke from '../first-time-caller/population.cypher';
import pairs from '../pairs/pairs.cypher';
import { some } from '../pairs/some.ts';
import { times } from '../times.ts';
import { awakened, awakenedRead, awakenedRow } from './awakened.ts';
import query from './query.cypher';

export const silentPairSpeaks = defineCheck({
  id: 'silent-pair-speaks',
  group: 'novelty',
  title: 'no caller speaks again after long silence',
  severity: 'low',
  rationale:
    'A caller reached again what it had not called for a long time: what was thought to be dead is not, or somebody uses ' +
    'what was left standing. Left out: pairs that have been silent for half as long before (monthly jobs and the like), ' +
    'and silences of which less than nine tenths were watched. One finding a caller.',
  remedy:
    'Ask its owner what woke it (`meshgraph ask changes`). What is dead should be removed, with the policies that still admit it.',
  needs: { traffic: true, families: [], watchedFor: 'silence' },
  parameters: [
    {
      name: 'silence',
      meaning: 'how long a pair must have been silent, at least two days, for its next call to be told',
      defaultMs: parseDuration('14d'),
    },
  ],
  query,
  more: [pairs],
  population: { noun: 'pairs that spoke', query: pairsThatSpoke },
  controls: ['soc2-cc7.2', 'iso27001-a.8.16', 'nist-si-4'],
  step: { reads: awakenedRead, reduce: awakened },
  row: awakenedRow,
  message: (row) =>
    `${row.caller} called ${some(row.callees.map(({ name }) => name))} again at ${formatInstant(row.first)}, ` +
    `${times(row.count)} so far, after silence since ${formatInstant(row.before)}`,
  about: (row) => [
    { label: row.callerLabel, key: row.callerKey },
    ...row.callees.map(({ label, key }) => ({ label, key })),
  ],
  fingerprint: (row) => [row.callerKey],
});
