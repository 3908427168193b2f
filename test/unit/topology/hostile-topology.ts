import type { Topology, TopologyNode } from '../../../shared/domain/topology/topology.ts';

/** Names as nobody should choose them: each would break some format that did not escape it. */
export const HOSTILE_NAMES: readonly string[] = [
  '<script>alert(1)</script>',
  '</title></style></svg><img src=x onerror=alert(1)>',
  '"]; end; click n0 href "javascript:alert(1)"',
  'it\'s & "quoted" \\ \\" back',
  '=HYPERLINK("http://example.test"), and a comma',
  'two\r\nlines',
  'nul\u0000 bell\u0007 lone\ud800',
  ']]> <!-- %% --> #quot; &amp;',
];

const nodes: readonly TopologyNode[] = HOSTILE_NAMES.map((name, index) => ({
  label: index % 2 === 0 ? 'Workload' : 'External',
  key: `demo/${name}`,
  namespace: index % 2 === 0 ? name : null,
  kind: name,
  name,
  meshed: true,
  linkerd: false,
  owner: name,
  holds: [name],
}));

/** Each of the names calls the next one. */
export const hostileTopology: Topology = {
  cluster: 'demo',
  since: 0,
  at: 60_000,
  nodes,
  edges: nodes.map(({ key, name }, index) => ({
    from: key,
    to: nodes[(index + 1) % nodes.length]!.key,
    port: 1,
    unit: 'requests',
    count: 1,
    failures: 0,
    denied: 0,
    verdicts: { [name]: 1 },
    policies: [name],
    mTls: true,
    identity: name,
    first: 0,
    last: 60_000,
  })),
};
