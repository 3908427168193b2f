import { defineCheck } from '../check.ts';
import dataHolders from '../ways/data-holders.cypher';
import facts from '../ways/facts.cypher';
import hops from '../ways/hops.cypher';
import { wayNeeds } from '../ways/way-needs.ts';
import { wayRow } from '../ways/way-row.ts';
import { weakHops, weakHopsRow, weakHopsText } from '../ways/weak-hops.ts';

export const dataHopByDefaultPolicy = defineCheck({
  id: 'data-hop-by-default-policy',
  group: 'data',
  title: 'every hop to data is admitted by an authorization of its own',
  severity: 'medium',
  rationale:
    'A call on a way to data was let in because nothing forbids it: by the default policy of the pod, its namespace or the ' +
    'cluster, or by a Server without accessPolicy deny. Whoever meets that default gets in as well, and nobody decided ' +
    'it. One finding a holder of data, with the hops nearest to it first; a hop belongs to the holder nearest to where it leads.',
  remedy:
    'Give the called port a Server and an AuthorizationPolicy that names the callers (`meshgraph suggest` writes them from what was observed), then deny by default.',
  needs: wayNeeds,
  parameters: [],
  query: hops,
  more: [facts],
  population: { noun: 'holders of data', query: dataHolders },
  controls: ['gdpr-32', 'soc2-cc6.3', 'iso27001-a.5.15', 'pci4-7.2', 'nist-ac-3', 'nist-ac-6'],
  step: { reads: wayRow, reduce: weakHops(({ byDefault }) => byDefault.length > 0) },
  row: weakHopsRow,
  message: (row) => weakHopsText(row, `admitted by the default policy only (${row.policies.join(', ')})`),
  about: (row) => [
    { label: row.holderLabel, key: row.holderKey },
    ...row.callees.filter(({ key }) => key !== row.holderKey),
  ],
  fingerprint: (row) => [row.holderKey],
});
