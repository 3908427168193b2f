import { defineCheck } from '../check.ts';
import dataHolders from '../ways/data-holders.cypher';
import facts from '../ways/facts.cypher';
import hops from '../ways/hops.cypher';
import { reachableData, reachableRow } from '../ways/reachable-data.ts';
import { wayNeeds } from '../ways/way-needs.ts';
import { wayRow } from '../ways/way-row.ts';

export const dataReachableFromUnowned = defineCheck({
  id: 'data-reachable-from-unowned',
  group: 'data',
  title: 'whoever reaches data has an owner',
  severity: 'medium',
  rationale:
    'Calls that were seen and let in lead from a workload nobody owns, by the entity model, to one that holds data: nobody ' +
    'can say what it does with them, and nobody is asked when it changes. One finding a holder, told by the shortest way. ' +
    'Left out: the control plane and its extensions, and clusters where the entity model knows no owner at all.',
  remedy:
    'Give the workload or its namespace an owner (a label, or an entry in entityModel.entities); if nobody wants it, deny its calls.',
  needs: wayNeeds,
  parameters: [],
  query: hops,
  more: [facts],
  population: { noun: 'holders of data', query: dataHolders },
  controls: ['gdpr-32', 'iso27001-a.5.9', 'nist-cm-8'],
  step: { reads: wayRow, reduce: reachableData(({ unowned }) => new Map([['unowned', unowned]])) },
  row: reachableRow,
  message: (row) => {
    const data = `${row.data.join(' and ')} data`;
    if (row.hops === 0) return `${row.holder} holds ${data} and has no owner`;
    const hops = row.hops === 1 ? '1 hop' : `${row.hops} hops`;
    return `${data} at ${row.holder} can be reached from ${row.caller}, which has no owner, in ${hops}: ${row.way}`;
  },
  about: (row) => [
    { label: row.holderLabel, key: row.holderKey },
    { label: 'Workload', key: row.callerKey },
  ],
  fingerprint: (row) => [row.holderKey],
});
