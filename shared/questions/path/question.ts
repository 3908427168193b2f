import { defineQuestion } from '../question.ts';
import query from '../walk/ends.cypher';
import { endRow, endsByKey } from '../walk/ends.ts';
import { spread, wayOf } from '../walk/walk.ts';

export const path = defineQuestion({
  id: 'path',
  title: 'How does one reach the other, over calls that were seen and let through?',
  parameters: [
    {
      name: 'from',
      meaning: 'the workload, the identity, or "unauthenticated"',
      kind: 'node',
      labels: ['Workload', 'Identity', 'Unauthenticated'],
    },
    {
      name: 'to',
      meaning: 'the workload, Service, egress network or external address to reach',
      kind: 'node',
      labels: ['Workload', 'ExternalWorkload', 'Service', 'EgressNetwork', 'External'],
    },
  ],
  columns: [
    { name: 'hop', title: 'hop', meaning: 'its place on the way, from 1' },
    { name: 'caller', title: 'caller', meaning: 'who calls' },
    { name: 'callee', title: 'callee', meaning: 'who is called' },
    { name: 'ports', title: 'ports', meaning: 'ports it is called at' },
    { name: 'mTls', title: 'mTLS', meaning: 'whether all of it was mutual TLS' },
    { name: 'policies', title: 'by', meaning: 'what let it through' },
    { name: 'count', title: 'count', meaning: 'requests and connections let through' },
    { name: 'holds', title: 'data', meaning: 'classes of data the callee holds' },
    { name: 'last', title: 'last seen', kind: 'instant', meaning: 'the end of the last window it was seen in' },
  ],
  scope: { columns: ['callerKey', 'calleeKey'], meaning: 'either end of a hop' },
  example: { from: 'books/traffic', to: 'books/mysql' },
  walks: true,
  query,
  row: endRow,
  answer: (rows, { nodes, walk }) => {
    const [from, to] = [nodes.from, nodes.to];
    const [start, end] = [from, to].map((node) => walk.indices.get(node?.key ?? ''));
    const reached = spread(walk, start === undefined ? [] : [start], 'out', Number.POSITIVE_INFINITY);
    const way = end === undefined ? [] : wayOf(walk, reached, end, 'out');
    const endOf = endsByKey(rows);
    if (way.length === 0)
      return { rows: [], summary: () => `no calls that were let through lead from ${from?.name} to ${to?.name}` };
    const mTls = way.every((hop) => hop.mTls);
    return {
      summary: () =>
        `${from?.name} reaches ${to?.name} in ${way.length} ${way.length === 1 ? 'hop' : 'hops'}, ${mTls ? 'each' : 'not each'} mutual TLS`,
      rows: way.map((hop, index) => ({
        hop: index + 1,
        caller: hop.from.name,
        callee: hop.to.name,
        ports: hop.ports.map(String),
        mTls: hop.mTls,
        policies: hop.policies,
        count: hop.count,
        first: hop.first,
        last: hop.last,
        callerKey: hop.from.key,
        calleeKey: hop.to.key,
        holds: endOf(hop.to.key).holds,
      })),
    };
  },
});
