import { defineCheck } from '../check.ts';
import facts from '../ways/facts.cypher';
import hops from '../ways/hops.cypher';
import { reachableData, reachableRow } from '../ways/reachable-data.ts';
import { wayNeeds } from '../ways/way-needs.ts';
import { wayRow } from '../ways/way-row.ts';
import population from './population.cypher';

export const dataReachableFromExposed = defineCheck({
  id: 'data-reachable-from-exposed',
  group: 'data',
  title: 'data cannot be reached from exposed workloads',
  severity: 'high',
  rationale:
    'Calls that were seen and let in lead, one after the other, from a workload the entity model calls exposed to one that ' +
    'holds data: whoever takes over the first has a way to the data. Often that way is what the mesh is for; then it is ' +
    'known, and accepted by name. One finding a holder and exposure, told by its shortest way. Exposures called none, ' +
    'internal, private or cluster are none.',
  remedy:
    'Look at each hop (`meshgraph ask touches`). Deny the ones nobody needs; accept the finding for the way that is meant, so that another exposure does not hide behind it.',
  needs: wayNeeds,
  parameters: [],
  query: hops,
  more: [facts],
  population: { noun: 'holders of data and exposures', query: population },
  controls: ['gdpr-32', 'soc2-cc6.1', 'soc2-cc6.6', 'iso27001-a.8.22', 'pci4-1.4', 'nist-ac-4', 'nist-sc-7'],
  step: { reads: wayRow, reduce: reachableData(({ exposed }) => exposed) },
  row: reachableRow,
  message: (row) => {
    const data = `${row.data.join(' and ')} data`;
    if (row.hops === 0) return `${row.holder} holds ${data} and is itself exposed to ${row.source}`;
    const hops = row.hops === 1 ? '1 hop' : `${row.hops} hops`;
    return `${data} at ${row.holder} can be reached from ${row.caller}, exposed to ${row.source}, in ${hops}: ${row.way}`;
  },
  about: (row) => [
    { label: row.holderLabel, key: row.holderKey },
    { label: 'Workload', key: row.callerKey },
  ],
  fingerprint: (row) => [row.holderKey, row.source],
});
