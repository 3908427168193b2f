import { defineCheck } from '../check.ts';
import pairsThatSpoke from '../first-time-caller/population.cypher';
import { learning } from '../pairs/learning.ts';
import learnt from '../pairs/learnt.cypher';
import pairs from '../pairs/pairs.cypher';
import facts from '../ways/facts.cypher';
import hops from '../ways/hops.cypher';
import { newWayRead, newWayRow, newWays, newWayText } from '../ways/new-ways.ts';
import { wayNeeds } from '../ways/way-needs.ts';

export const newWayToPower = defineCheck({
  id: 'new-way-to-power',
  group: 'novelty',
  title: 'nobody gained a way to power over the cluster',
  severity: 'medium',
  rationale:
    'A pair that had never been seen, and was let in, leads to a workload whose ServiceAccount may read or write Secrets, ' +
    'run commands in pods, escalate, impersonate, create tokens or do everything, which its caller could not reach before: ' +
    'whoever takes over the caller is that much nearer to the cluster. One finding a pair, whoever else reaches it through ' +
    'the pair being counted. Left out: the control plane and its extensions, which everybody calls. Judged only after a learning period.',
  remedy:
    'Take the power from the called workload if it does not need it; else deny the pair by policy at its called end, unless the call is meant.',
  needs: {
    ...wayNeeds,
    families: [...wayNeeds.families, 'bindings', 'roles', 'clusterroles'],
    watchedFor: 'learning',
  },
  parameters: [learning],
  query: learnt,
  more: [pairs, hops, facts],
  population: { noun: 'pairs that spoke', query: pairsThatSpoke },
  controls: ['soc2-cc7.2', 'iso27001-a.8.16', 'nist-si-4', 'nist-ac-4'],
  step: {
    reads: newWayRead,
    reduce: newWays(
      ({ powers }) => new Map([['power', [...powers.keys()]]]),
      (_, end, { nameOf, powers }) => `the power of ${(powers.get(end) ?? []).join(' and ')} at ${nameOf(end)}`,
    ),
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
