import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import pairsThatSpoke from '../first-time-caller/population.cypher';
import hours from '../usual/hours.cypher';
import { hoursRow } from '../usual/odd-pairs.ts';
import { basisText, usualParameters } from '../usual/parameters.ts';
import { failingCalleeRow, failingCallees } from './failing-callees.ts';

export const failuresFarAboveUsual = defineCheck({
  id: 'failures-far-above-usual',
  group: 'novelty',
  title: 'nobody fails its callers far more than it used to',
  severity: 'medium',
  rationale:
    'In one of the last whole hours at least ten requests of a pair failed, five of a hundred more than usual, and a share ' +
    'of more than three times its median, than the median and six deviations (1.4826 times the median absolute deviation), ' +
    'and than half again as much as 99 of 100 of its hours. Measured by the same hour of the week where four weeks of it ' +
    'are known, else by all hours, over 35 days of windows. One finding a callee that is itself failed by nobody: callers ' +
    'that fail because of it are counted with it, not told.',
  remedy:
    'Look at the callee and what was released then (`meshgraph ask changes`); its callers are well as soon as it is.',
  needs: { traffic: true, families: [], watchedFor: 'history' },
  parameters: usualParameters,
  query: hours,
  population: { noun: 'pairs that spoke', query: pairsThatSpoke },
  controls: ['soc2-cc7.2', 'iso27001-a.8.16', 'nist-si-4'],
  step: { reads: hoursRow, reduce: failingCallees },
  row: failingCalleeRow,
  message: (row) => {
    const [first, ...others] = row.callers;
    const share = Math.round((100 * row.failures) / row.count);
    const more = [
      ...(others.length > 0 ? [`it failed ${others.length} more that way`] : []),
      ...(row.further > 0
        ? [row.further === 1 ? '1 pair further up fails with it' : `${row.further} pairs further up fail with it`]
        : []),
    ];
    return [
      `${row.callee} failed ${first?.name} ${row.failures} of ${row.count} times (${share} %) in the hour from ${formatInstant(row.hour)}, ` +
        `where ${row.usual} % are usual ${basisText(row.basis)}`,
      ...more,
    ].join('; ');
  },
  about: (row) => [
    { label: row.calleeLabel, key: row.calleeKey },
    ...row.callers.map(({ label, key }) => ({ label, key })),
  ],
  fingerprint: (row) => [row.calleeKey],
});
