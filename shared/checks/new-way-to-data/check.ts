import { defineCheck } from '../check.ts';
import pairsThatSpoke from '../first-time-caller/population.cypher';
import { learning } from '../pairs/learning.ts';
import learnt from '../pairs/learnt.cypher';
import pairs from '../pairs/pairs.cypher';
import facts from '../ways/facts.cypher';
import hops from '../ways/hops.cypher';
import { newWayRead, newWayRow, newWays, newWayText } from '../ways/new-ways.ts';
import { wayNeeds } from '../ways/way-needs.ts';
import { holdersByData } from '../ways/ways.ts';

export const newWayToData = defineCheck({
  id: 'new-way-to-data',
  group: 'data',
  title: 'nobody gained a way to data',
  severity: 'medium',
  rationale:
    'A pair that had never been seen, and was let in, leads to data that its caller could not reach before, directly or ' +
    'over others that call on. One finding a pair, whoever else reaches data through it being counted: ' +
    'the pair is what opened the way. Callers that reached the class over other calls of the period, or over one ' +
    'they had called earlier, are left out. Judged only after a learning period.',
  remedy:
    'Compare with what was released then (`meshgraph ask changes`). If the way is not meant, deny the pair by policy at its called end.',
  needs: { ...wayNeeds, watchedFor: 'learning' },
  parameters: [learning],
  query: learnt,
  more: [pairs, hops, facts],
  population: { noun: 'pairs that spoke', query: pairsThatSpoke },
  controls: ['gdpr-32', 'soc2-cc7.2', 'iso27001-a.8.16', 'pci4-10.4', 'nist-si-4', 'nist-ac-4'],
  step: {
    reads: newWayRead,
    reduce: newWays(holdersByData, (name, end, { nameOf }) => `${name} data at ${nameOf(end)}`),
  },
  row: newWayRow,
  message: newWayText,
  about: (row) => [
    { label: row.callerLabel, key: row.callerKey },
    { label: row.calleeLabel, key: row.calleeKey },
    ...(row.endKey === row.calleeKey ? [] : [{ label: row.endLabel, key: row.endKey }]),
  ],
  fingerprint: (row) => [row.callerKey, row.calleeKey],
});
