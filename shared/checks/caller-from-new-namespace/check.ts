import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import pairsThatSpoke from '../first-time-caller/population.cypher';
import { learning } from '../pairs/learning.ts';
import learnt from '../pairs/learnt.cypher';
import pairs from '../pairs/pairs.cypher';
import { some } from '../pairs/some.ts';
import { times } from '../times.ts';
import { newNamespaceRead, newNamespaceRow, newNamespaces } from './new-namespaces.ts';

export const callerFromNewNamespace = defineCheck({
  id: 'caller-from-new-namespace',
  group: 'novelty',
  title: 'no namespace calls into one it never called into',
  severity: 'medium',
  rationale:
    'A workload called into a namespace that nobody of its own namespace had ever called while the mesh was watched: a ' +
    'border was crossed that no call had crossed before, let in or not. One finding a pair of namespaces, whoever took ' +
    'part. Judged only after a learning period, since at first every namespace is new.',
  remedy:
    'Compare with what was released then (`meshgraph ask changes`). If the two namespaces have nothing to do with each other, deny by policy what comes from the caller and look into it.',
  needs: { traffic: true, families: [], watchedFor: 'learning' },
  parameters: [learning],
  query: learnt,
  more: [pairs],
  population: { noun: 'pairs that spoke', query: pairsThatSpoke },
  controls: ['soc2-cc7.2', 'iso27001-a.8.16', 'iso27001-a.8.22', 'pci4-10.4', 'nist-si-4', 'nist-sc-7'],
  step: { reads: newNamespaceRead, reduce: newNamespaces },
  row: newNamespaceRow,
  message: (row) =>
    `namespace ${row.callerNamespace} called into ${row.calleeNamespace} for the first time at ${formatInstant(row.first)}, ` +
    `${times(row.count)} so far: ${some(row.pairs)}; watched since ${formatInstant(row.watchedSince)}`,
  about: (row) => [...row.callers, ...row.callees],
  fingerprint: (row) => [row.callerNamespace, row.calleeNamespace],
});
