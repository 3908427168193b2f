import { defineCheck } from '../check.ts';
import dataHolders from '../ways/data-holders.cypher';
import facts from '../ways/facts.cypher';
import hops from '../ways/hops.cypher';
import { wayNeeds } from '../ways/way-needs.ts';
import { wayRow } from '../ways/way-row.ts';
import { weakHops, weakHopsRow, weakHopsText } from '../ways/weak-hops.ts';

export const dataHopWithoutMtls = defineCheck({
  id: 'data-hop-without-mtls',
  group: 'data',
  title: 'every hop to data is mutual TLS',
  severity: 'high',
  rationale:
    'A call on a way to data was not mutual TLS: the data can be read on the way, and nobody can say who asked for them. ' +
    'One finding a holder of data, with the hops nearest to it first; a hop belongs to the holder nearest to where it ' +
    'leads. Calls that leave the mesh (external addresses, egress) are left out: no mesh TLS ends there.',
  remedy:
    'Mesh both ends of the hop, and take the port out of config.linkerd.io/skip-inbound-ports and skip-outbound-ports; then admit only identities to it.',
  needs: wayNeeds,
  parameters: [],
  query: hops,
  more: [facts],
  population: { noun: 'holders of data', query: dataHolders },
  controls: ['gdpr-32', 'soc2-cc6.7', 'iso27001-a.8.24', 'pci4-4.2', 'nist-sc-8', 'nist-ia-9'],
  step: {
    reads: wayRow,
    reduce: weakHops(({ to, mTls }, { refTo }) => !mTls && !['External', 'EgressNetwork'].includes(refTo(to).label)),
  },
  row: weakHopsRow,
  message: (row) => weakHopsText(row, 'not mutual TLS'),
  about: (row) => [
    { label: row.holderLabel, key: row.holderKey },
    ...row.callees.filter(({ key }) => key !== row.holderKey),
  ],
  fingerprint: (row) => [row.holderKey],
});
