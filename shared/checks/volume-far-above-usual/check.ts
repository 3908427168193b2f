import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import pairsThatSpoke from '../first-time-caller/population.cypher';
import hours from '../usual/hours.cypher';
import { hoursRow } from '../usual/odd-pairs.ts';
import { basisText, usualParameters } from '../usual/parameters.ts';
import { loudCallerRow, loudCallers } from './loud-callers.ts';

export const volumeFarAboveUsual = defineCheck({
  id: 'volume-far-above-usual',
  group: 'novelty',
  title: 'nobody calls far more than it used to',
  severity: 'low',
  rationale:
    'In one of the last whole hours a pair had at least 100 requests (or TCP connections), and more than three times its ' +
    'median, than the median and six deviations (1.4826 times the median absolute deviation), and than half again as much as ' +
    '99 of 100 of its hours: a loop, a retry storm, a scraper, data being carried off. Measured by the same hour of the week ' +
    'where four weeks of it are known, else by all hours, over 35 days of windows; what is not half again the mean hour of ' +
    'the day before is not looked at. One finding a caller that no risen caller calls: what rose behind it is counted with it.',
  remedy:
    'Ask its owner what it does (`meshgraph ask callees`), and look at what was released then. A rate limit (HTTPLocalRateLimitPolicy) at the called end holds it until it is known.',
  needs: { traffic: true, families: [], watchedFor: 'history' },
  parameters: usualParameters,
  query: hours,
  population: { noun: 'pairs that spoke', query: pairsThatSpoke },
  controls: ['soc2-cc7.2', 'iso27001-a.8.16', 'nist-si-4'],
  step: { reads: hoursRow, reduce: loudCallers },
  row: loudCallerRow,
  message: (row) => {
    const [first, ...others] = row.callees;
    const more = [
      ...(others.length > 0 ? [`so it did ${others.length} more`] : []),
      ...(row.further > 0 ? [`${row.further} ${row.further === 1 ? 'pair' : 'pairs'} behind rose with it`] : []),
    ];
    return [
      `${row.caller} called ${first?.name} ${row.count} times in the hour from ${formatInstant(row.hour)}, where ${row.usual} are usual ${basisText(row.basis)}`,
      ...more,
    ].join('; ');
  },
  about: (row) => [
    { label: row.callerLabel, key: row.callerKey },
    ...row.callees.map(({ label, key }) => ({ label, key })),
  ],
  fingerprint: (row) => [row.callerKey],
});
