import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entity, Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf, type Period } from './judge.ts';
import { modelled } from './modelled.ts';
import { call, minute, type SmallMesh, start, trafficWindow } from './small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const labelled = (...labels: string[]): Entity['props'] => ({ labels });
const books = { pods: [{ name: 'books-1' }] };
const mesh = (
  namespaces: SmallMesh['namespaces'],
  workloads: SmallMesh['workloads'] = { 'shop/web': {}, 'shop/db': books },
) => ({
  namespaces: namespaces ?? {},
  workloads: workloads ?? {},
});

describe('required-label-missing', () => {
  const found = async (small: SmallMesh, model: object) =>
    messagesOf(await judge(graph, 'required-label-missing', [modelled(start, small, model)], { model }));
  const owned = { owner: { labels: ['team'], annotations: ['team'] } };
  const both = { ...owned, required: { namespaces: ['owner'], workloads: ['owner'] } };

  test('finds a namespace that does not tell, with the workloads that could have told, once', async () => {
    expect(await found(mesh({ shop: {} }), both)).toEqual([
      'namespace shop does not tell who owns it, nor do db, web in it: this configuration requires the label or annotation team',
    ]);
    expect(await found(mesh({ shop: {} }), { ...owned, required: { namespaces: ['owner'] } })).toEqual([
      'namespace shop does not tell who owns it: this configuration requires the label or annotation team',
    ]);
  });

  test('finds workloads alone where only they must tell, and not those that do', async () => {
    const told = { 'shop/web': {}, 'shop/db': { owner: 'data' } };
    expect(await found(mesh({ shop: {} }, told), { ...owned, required: { workloads: ['owner'] } })).toEqual([
      'web in shop does not tell who owns it: this configuration requires the label or annotation team',
    ]);
  });

  test('is quiet where the namespace tells, by label or entry, and where nothing is required', async () => {
    expect(await found(mesh({ shop: labelled('team=shop') }), both)).toEqual([]);
    expect(await found(mesh({ shop: {} }), { ...both, entities: { shop: { owner: 'shop' } } })).toEqual([]);
    expect(await found(mesh({ shop: {} }), owned)).toEqual([]);
  });

  test('takes an entry that there is no data for an answer, of a namespace and of a workload', async () => {
    const required = { required: { workloads: ['dataClass'] } };
    const entities = { 'shop/web': { dataClasses: [] } };
    expect(await found(mesh({ shop: {} }), { ...required, entities })).toEqual([
      expect.stringMatching(/^db in shop does not tell which class of data it holds: /),
    ]);
    expect(await found(mesh({ shop: {} }), { ...required, entities: { shop: { dataClasses: [] } } })).toEqual([]);
    const ofSpaces = { required: { namespaces: ['dataClass'] } };
    expect(await found(mesh({ shop: {} }), { ...ofSpaces, entities: { shop: { dataClasses: [] } } })).toEqual([]);
  });

  test('reads of a namespace what the graph does not lead to: exposure and data', async () => {
    const required = { required: { namespaces: ['dataClass'] } };
    expect(await found(mesh({ shop: labelled('data-class=internal') }), required)).toEqual([]);
    expect(await found(mesh({ shop: labelled('data-class=', 'data-classes=x') }), required)).toHaveLength(1);
    const annotated = { annotations: ['exposure=internet'] };
    expect(await found(mesh({ shop: annotated }), { required: { namespaces: ['exposure'] } })).toEqual([]);
    expect(await found(mesh({ shop: labelled('team=') }), both)).toHaveLength(1);
  });

  test('leaves out namespaces of Kubernetes and Linkerd, and default while nothing lives there', async () => {
    const own = {
      'kube-system': {},
      linkerd: labelled('linkerd.io/is-control-plane=true'),
      'linkerd-viz': labelled('linkerd.io/extension=viz'),
      default: {},
    };
    expect(await found(mesh(own, {}), both)).toEqual([]);
    expect(await found(mesh(own, { 'default/job': {} }), both)).toHaveLength(1);
  });

  test('goes by what was told at the instant, and by who lived then', async () => {
    const scans = [
      modelled(start, mesh({ shop: {} }), both),
      modelled(minute(3), mesh({ shop: labelled('team=shop') }), both),
      modelled(minute(6), mesh({ shop: {} }, {}), both),
      modelled(minute(8), mesh({}, {}), both),
    ];
    await judge(graph, 'required-label-missing', scans, { model: both });
    const at = async (instant: number) =>
      (await evaluate(graph, 'required-label-missing', { at: instant, model: both })).findings.map(
        ({ row }) => row.workloads,
      );
    expect(await at(minute(1))).toEqual([['db', 'web']]);
    expect(await at(minute(4))).toEqual([]);
    expect(await at(minute(7))).toEqual([[]]);
    expect(await at(minute(9))).toEqual([]);
  });
});

describe('unknown-data-class', () => {
  const known = { knownDataClasses: ['personal', 'payment'] };
  const holding = (holds: string, at = start) =>
    modelled(at, { namespaces: { shop: {} }, workloads: { 'shop/db': { ...books, holds } } });
  const found = async (observation: Observation, period: Period) =>
    messagesOf(await judge(graph, 'unknown-data-class', [observation], period));

  test('finds a class that the configuration does not list, and the one that was meant', async () => {
    expect(await found(holding('persnal'), { model: known })).toEqual([
      'shop/db holds data of class persnal, which entityModel.knownDataClasses does not list; did you mean personal?',
    ]);
    expect(await found(holding('zzz'), { model: known })).toEqual([
      expect.stringContaining('; known are personal, payment'),
    ]);
  });

  test('finds it at an address that an entry names', async () => {
    const entities = { '203.0.113.10': { dataClasses: ['cards'] } };
    const observation = modelled(start, { namespaces: { shop: {} } }, { entities });
    expect(await found(observation, { model: { ...known, entities } })).toEqual([
      expect.stringMatching(/^203.0.113.10 holds data of class cards, /),
    ]);
  });

  test('is quiet about known classes, where none are listed, and before and after it was said', async () => {
    expect(await found(holding('personal'), { model: known })).toEqual([]);
    expect(await found(holding('zzz'), {})).toEqual([]);
    const scans = [holding('personal'), holding('zzz', minute(3)), holding('personal', minute(6))];
    expect(messagesOf(await judge(graph, 'unknown-data-class', scans, { model: known }))).toEqual([]);
    const at = async (instant: number) =>
      (await evaluate(graph, 'unknown-data-class', { at: instant, model: known })).findings.length;
    expect([await at(minute(1)), await at(minute(4))]).toEqual([0, 1]);
  });
});

describe('environment-contradicts-namespace', () => {
  const entities = (web: string) => ({ shop: { environment: 'staging' }, 'shop/web': { environment: web } });
  const scan = (web: string, at = start, more = {}) =>
    modelled(at, mesh({ shop: {} }), { entities: { ...entities(web), ...more } });

  test('finds workloads of another environment than their namespace’s, and only while they are', async () => {
    const scans = [scan('staging'), scan('production', minute(3)), scan('staging', minute(6))];
    expect(messagesOf(await judge(graph, 'environment-contradicts-namespace', scans))).toEqual([]);
    const at = async (instant: number) =>
      messagesOf(await evaluate(graph, 'environment-contradicts-namespace', { at: instant }));
    expect(await at(minute(4))).toEqual(['web in shop says it belongs to production, and the namespace to staging']);
    expect(await at(minute(1))).toEqual([]);
  });

  test('is quiet once the namespace says the same, or nothing', async () => {
    const later = modelled(minute(4), mesh({ shop: {} }), { entities: { 'shop/web': { environment: 'production' } } });
    expect(messagesOf(await judge(graph, 'environment-contradicts-namespace', [scan('production'), later]))).toEqual(
      [],
    );
    const gone = modelled(minute(4), mesh({ shop: {} }, {}), { entities: { shop: { environment: 'staging' } } });
    expect(messagesOf(await judge(graph, 'environment-contradicts-namespace', [scan('production'), gone]))).toEqual([]);
  });
});

describe('configured-entity-unmatched', () => {
  const entities = {
    shop: { owner: 'a' },
    'shop/web': { owner: 'a' },
    '203.0.113.10': { owner: 'b' },
    shopp: { owner: 'a' },
    'shop/wbe': { owner: 'a' },
    '203.0.113.11': { owner: 'b' },
  };
  const model = { entities };
  const out = call('shop/web', { type: 'external', address: '203.0.113.10' }, 3);
  const traffic = trafficWindow(start, minute(1), [out]);
  const scan = (at: number, workloads?: SmallMesh['workloads']) => modelled(at, mesh({ shop: {} }, workloads), model);
  const period = { model, parameters: { watched: minute(5) - start } };
  const elsewhere = (observation: Observation, cluster: string): Observation =>
    JSON.parse(JSON.stringify(observation).replaceAll('"test', `"${cluster}`));
  const entries = async (observations: Observation[], more: Period = {}) =>
    (await judge(graph, 'configured-entity-unmatched', observations, { ...period, ...more })).findings.map(
      ({ row }) => row.entry,
    );

  test('finds names of namespaces and workloads that there are not, and addresses nobody called', async () => {
    expect(messagesOf(await judge(graph, 'configured-entity-unmatched', [scan(start), traffic], period))).toEqual([
      'entityModel.entities names "203.0.113.11": nobody has called that address',
      'entityModel.entities names "shop/wbe": there is no workload of that name',
      'entityModel.entities names "shopp": there is no namespace of that name',
    ]);
  });

  test('waits with addresses until calls were watched for long enough', async () => {
    expect(await entries([scan(start), traffic], { at: minute(3) })).toEqual(['shop/wbe', 'shopp']);
  });

  test('is told with the first cluster alone, and quiet about what another has', async () => {
    expect(await entries([scan(start), traffic, elsewhere(scan(start), 'aaa')])).toEqual([]);
    const other = modelled(start, mesh({ shopp: {} }, { 'shop/wbe': {} }), model);
    expect(await entries([scan(start), traffic, elsewhere(other, 'zzz')])).toEqual(['203.0.113.11']);
  });

  test('goes by what lived at the instant', async () => {
    const later = modelled(minute(5), mesh({}, {}), model);
    expect(await entries([scan(start), traffic, later])).toEqual([
      '203.0.113.11',
      'shop',
      'shop/wbe',
      'shop/web',
      'shopp',
    ]);
    const before = await evaluate(graph, 'configured-entity-unmatched', { ...period, at: minute(4) });
    expect(before.findings.map(({ row }) => row.entry)).toEqual(['shop/wbe', 'shopp']);
    const born = [modelled(start, mesh({}, {}), model), traffic, scan(minute(5))];
    await judge(graph, 'configured-entity-unmatched', born, period);
    const early = await evaluate(graph, 'configured-entity-unmatched', { ...period, at: minute(4) });
    expect(early.findings.map(({ row }) => row.entry)).toEqual(['shop', 'shop/wbe', 'shop/web', 'shopp']);
  });
});
