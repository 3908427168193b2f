import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, keyOf, mesh, minute, start } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const check = 'annotation-not-taken-up';
const set = (...annotations: string[]) => annotations.map((one) => `config.linkerd.io/${one}`);
type Given = {
  space?: string[];
  pod?: string[];
  template?: string[];
  kind?: string;
  meshed?: boolean;
  phase?: string;
  at?: number;
  gone?: boolean;
};

/** One Deployment with two pods of these annotations, in a namespace of these. */
function state({
  space = [],
  pod = [],
  template = [],
  kind = 'Deployment',
  meshed = true,
  phase = 'Running',
  at = start,
  gone = false,
}: Given) {
  const props = { annotations: pod, phase };
  const pods = gone ? [] : ['web-1', 'web-2'].map((name) => ({ name, meshed, props }));
  const observation = clusterScan(at, {
    ...mesh,
    namespaces: { shop: { inject: 'enabled', annotations: space } },
    workloads: { 'shop/web': { pods } },
  });
  const entities = observation.entities.map((one) =>
    one.key === keyOf('Deployment', 'shop/web')
      ? { ...one, props: { ...one.props, kind, annotations: template } }
      : one,
  );
  return { ...observation, entities };
}
const deny = set('default-inbound-policy=deny');

test('finds once a workload the settings its pods have not taken up', async () => {
  const space = set(
    'default-inbound-policy=deny',
    'skip-inbound-ports=25',
    'skip-outbound-ports=26',
    'opaque-ports=3306',
  );
  const pod = set('default-inbound-policy=all-unauthenticated', 'skip-inbound-ports=2525', 'opaque-ports=3306');
  expect(messagesOf(await judge(graph, check, [state({ space, pod })]))).toEqual([
    '2 pods of shop/web are older than the settings of their namespace: default-inbound-policy is all-unauthenticated instead of deny; ' +
      'skip-inbound-ports is 2525 instead of 25; skip-outbound-ports is not set instead of 26',
  ]);
});

test.each<[string, Given]>([
  ['took it up', { space: deny, pod: deny }],
  [
    'have it from their template',
    { space: deny, pod: set('default-inbound-policy=audit'), template: set('default-inbound-policy=audit') },
  ],
  ['lack what concerns no policy', { space: set('proxy-log-level=debug') }],
  ['have no template we know', { space: deny, kind: 'Rollout' }],
  ['have no proxy', { space: deny, meshed: false }],
  ['are finished', { space: deny, phase: 'Succeeded' }],
  ['failed', { space: deny, phase: 'Failed' }],
])('is silent about pods that %s', async (_, given) => {
  expect((await judge(graph, check, [state(given)])).status).toBe('clean');
});

test('judges as of the instant: the namespace as it was, and the pods that were there', async () => {
  const before = set('opaque-ports=1', 'default-inbound-policy=audit');
  await judge(graph, check, [
    state({ space: before, pod: before }),
    state({ space: deny, pod: before, at: minute(5) }),
  ]);
  expect((await evaluate(graph, check, { at: minute(4) })).status).toBe('clean');
  expect((await evaluate(graph, check)).findings.map(({ row }) => row.differences)).toEqual([
    ['default-inbound-policy is audit instead of deny'],
  ]);
  await judge(graph, check, [state({ space: deny }), state({ space: deny, at: minute(5), gone: true })]);
  expect((await evaluate(graph, check, { at: minute(4) })).findings).toHaveLength(1);
  expect((await evaluate(graph, check)).status).toBe('clean');
});

test('is silent about the time before', async () => {
  await judge(graph, check, [state({ space: deny, gone: true }), state({ space: deny, at: minute(5) })]);
  expect((await evaluate(graph, check, { at: minute(4) })).status).toBe('clean');
  expect((await evaluate(graph, check)).status).toBe('violated');
});
