import { describe, expect, it, test } from 'vitest';
import type { Baseline } from '../../../shared/gate/baseline.ts';
import { parseBaseline } from '../../../shared/gate/parse-baseline.ts';
import { DEFAULT_SETTINGS } from '../../../shared/linkerd/policy/mesh-settings.ts';

const NOON = Date.parse('2026-11-24T12:00:00Z');
const node = (label: string, key: string, name: string) => ({ label, key: `prod/${key}`, name });
const whole: Baseline = {
  schema: 'meshgraph.baseline/v1',
  cluster: 'prod',
  at: NOON,
  settings: DEFAULT_SETTINGS,
  objects: [
    {
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'Server',
      metadata: { name: 'web', namespace: 'shop', labels: {} },
      spec: { port: 'http', podSelector: {} },
    },
  ],
  workloads: [{ namespace: 'shop', kind: 'Deployment', name: 'web', labels: ['team=shop'], annotations: [] }],
  traffic: {
    since: NOON - 1000,
    at: NOON,
    coveredMs: 1000,
    partialWindows: 0,
    newest: NOON,
    edges: [
      {
        from: node('Unauthenticated', 'Unauthenticated', 'unauthenticated'),
        to: node('Workload', 'shop/Deployment/web', 'shop/web'),
        port: 8080,
        unit: 'requests',
        shares: [{ verdict: 'allowed', count: 2, failures: 0, policies: ['default/all-unauthenticated'] }],
        count: 2,
        mTls: false,
        identity: null,
        serverIdentities: [],
        first: NOON - 1000,
        last: NOON,
      },
    ],
  },
  unread: [],
  notes: [],
};
const parse = (value: unknown) => parseBaseline(typeof value === 'string' ? value : JSON.stringify(value), 'b.json');

describe('the text of a baseline', () => {
  it('is read back as it was written', () => {
    expect(parse(whole)).toEqual(whole);
  });

  it('may have been laid out anew, and its fields put in another order', () => {
    const reversed = Object.fromEntries(Object.entries(whole).toReversed());
    expect(parse(JSON.stringify(reversed, null, 2))).toEqual(whole);
  });

  const make = 'Make it with `meshgraph export --baseline FILE`.';
  test.each<[string, unknown, string]>([
    ['nothing', ' \n', `b.json is empty. ${make}`],
    ['YAML', 'kind: Server\n', `b.json is no baseline: it is no JSON. ${make}`],
    ['a text cut off', JSON.stringify(whole).slice(0, 400), 'b.json is cut off: its JSON ends in the middle.'],
    ['null', 'null', 'b.json is not a baseline: it names no meshgraph.baseline/v1.'],
    ['other JSON', [1, 2], 'b.json is not a baseline: it names no meshgraph.baseline/v1.'],
    [
      'a later version',
      { ...whole, schema: 'meshgraph.baseline/v2' },
      'b.json was written by another meshgraph (meshgraph.baseline/v2; this one reads meshgraph.baseline/v1): use the same version for both',
    ],
    ['no cluster', { ...whole, cluster: undefined }, 'b.json is not a whole baseline: cluster: '],
    ['an instant as text', { ...whole, at: '2026-11-24' }, 'b.json is not a whole baseline: at: '],
    ['an object without a kind', { ...whole, objects: [{ metadata: { name: 'x' } }] }, 'objects.0.apiVersion: '],
    [
      'an edge without a port',
      { ...whole, traffic: { ...whole.traffic, edges: [{ ...whole.traffic.edges[0], port: null }] } },
      'traffic.edges.0.port: ',
    ],
  ])('is refused where it is %s', (_, value, message) => {
    expect(() => parse(value)).toThrow(message);
  });
});
