import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ContractError } from '../../../shared/domain/errors.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { counting, deliver, empty } from './structure-graph.ts';
import { account, boundTo, partOf, pod, scanOf, workload } from './structure-observation.ts';
import { aCall, observe } from './traffic-observation.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
beforeEach(() => empty(graph));
afterAll(() => graph?.close());

const web = workload('web', { replicas: 2, labels: ['app=web'] });
const [a, b] = [pod('web-a'), pod('web-b')];
const all = [web, a, b, account('web'), partOf(a, web), partOf(b, web)];
const FAMILIES = ['workloads', 'pods', 'serviceaccounts'];

const node = async (key: string) =>
  (await graph.read<{ p: Record<string, unknown> }>('MATCH (n {key: $key}) RETURN properties(n) AS p', { key }))[0]?.p;

/** The pods of the graph as of an instant, by the rule that users write: live then, or not closed yet. */
const podsAt = async (at: number) =>
  (
    await graph.read<{ name: string }>(
      `MATCH (p:Pod)-[r:PART_OF]->(:Workload {name: 'web'})
       WHERE r.validFrom <= $at AND (r.validTo IS NULL OR r.validTo > $at)
       RETURN p.name AS name ORDER BY name`,
      { at },
    )
  ).map(({ name }) => name);

describe('a first scan', () => {
  it('opens every fact at its instant', async () => {
    await deliver(graph, scanOf(100, all));
    expect(await node(web.key)).toMatchObject({
      key: 'prod/shop/Deployment/web',
      cluster: 'prod',
      name: 'web',
      replicas: 2,
      labels: ['app=web'],
      firstSeen: 100,
      validFrom: 100,
    });
    expect(await node(web.key)).not.toHaveProperty('validTo');
    expect(await podsAt(99)).toEqual([]);
    expect(await podsAt(100)).toEqual(['web-a', 'web-b']);
  });
});

describe('a second scan', () => {
  it('that says the same creates, deletes and changes no fact, only its entry in the ledger', async () => {
    await deliver(graph, scanOf(100, all));
    const { graph: counted, counted: counters } = counting(graph);
    await deliver(counted, scanOf(200, all));
    expect(counters).toMatchObject({
      nodesCreated: 1,
      relationshipsCreated: 0,
      relationshipsDeleted: 0,
      nodesDeleted: 0,
    });
    const touched = await graph.read(
      'MATCH (n) WHERE NOT n:Scan AND NOT n:Lease AND n.validFrom <> 100 RETURN n.key AS key',
    );
    expect(touched).toEqual([]);
  });

  it('that tells the same facts in another order writes no fact either', async () => {
    await deliver(graph, scanOf(100, all));
    const { graph: counted, counted: counters } = counting(graph);
    await deliver(counted, scanOf(200, all.toReversed()));
    expect(counters).toMatchObject({ nodesCreated: 1, relationshipsCreated: 0, relationshipsDeleted: 0 });
  });

  it('closes what it no longer holds when it was made, and the graph before that still has it', async () => {
    await deliver(graph, scanOf(100, all));
    await deliver(graph, scanOf(200, all));
    await deliver(graph, scanOf(300, [web, a, account('web'), partOf(a, web)]));
    expect(await node(b.key)).toMatchObject({ validFrom: 100, validTo: 300, lastSeen: 200, family: 'past:prod/pods' });
    expect(await podsAt(299)).toEqual(['web-a', 'web-b']);
    expect(await podsAt(300)).toEqual(['web-a']);
  });

  it('closes nothing of a family it does not cover', async () => {
    await deliver(graph, scanOf(100, all));
    const { graph: counted, counted: counters } = counting(graph);
    await deliver(counted, scanOf(200, [account('web')], { families: ['serviceaccounts'] }));
    expect(await podsAt(200)).toEqual(['web-a', 'web-b']);
    expect(counters).toMatchObject({ nodesCreated: 1, relationshipsCreated: 0 });
    await deliver(graph, scanOf(300, [], { families: FAMILIES }));
    expect(await podsAt(300)).toEqual([]);
    expect(await node(b.key)).toMatchObject({ validTo: 300, lastSeen: 100 });
  });

  it('keeps what a description was in a Change, property by property', async () => {
    await deliver(graph, scanOf(100, all));
    await deliver(graph, scanOf(200, [workload('web', { replicas: 3 }), ...all.slice(1)]));
    expect(await node(web.key)).toMatchObject({ replicas: 3, validFrom: 100 });
    expect(await node(web.key)).not.toHaveProperty('labels');
    const changes = await graph.read(
      `MATCH (:Workload {name: 'web'})-[:CHANGED]->(c:Change)
       RETURN c.at AS at, c.path AS path, c.before AS before, c.after AS after ORDER BY path`,
    );
    expect(changes).toEqual([
      { at: 200, path: 'labels', before: '["app=web"]', after: null },
      { at: 200, path: 'replicas', before: '2', after: '3' },
    ]);
  });

  it('ends a relationship whose properties changed and begins another', async () => {
    const bound = (role: string) => boundTo(account('web'), 'view', { binding: role });
    await deliver(graph, scanOf(100, [bound('ClusterRoleBinding/a')]));
    await deliver(graph, scanOf(200, [bound('ClusterRoleBinding/b')]));
    const rows = await graph.read(
      'MATCH ()-[r:BOUND_TO]->() RETURN r.binding AS binding, r.validFrom AS f, r.validTo AS t ORDER BY f',
    );
    expect(rows).toEqual([
      { binding: 'ClusterRoleBinding/a', f: 100, t: 200 },
      { binding: 'ClusterRoleBinding/b', f: 200, t: null },
    ]);
  });
});

describe('a node', () => {
  it('that comes back has a new life and keeps the earlier one', async () => {
    await deliver(graph, scanOf(100, all));
    await deliver(graph, scanOf(200, [web], { families: FAMILIES }));
    await deliver(graph, scanOf(300, all));
    expect(await node(a.key)).toMatchObject({ validFrom: 300, pastLives: [100, 200], firstSeen: 100, lastSeen: 100 });
    const rows = await graph.read(
      'MATCH (:Pod {name: "web-a"})-[r:PART_OF]->() RETURN r.validFrom AS f, r.validTo AS t ORDER BY f',
    );
    expect(rows).toEqual([
      { f: 100, t: 200 },
      { f: 300, t: null },
    ]);
  });

  it('that traffic named first begins its life with the scan and keeps its earliest sight', async () => {
    const window = observe({ from: 1_000_000, calls: [aCall()] });
    await deliver(graph, window);
    const [row] = await graph.read<{ key: string; name: string }>(
      'MATCH (w:Workload)-[:CALLED]->() RETURN w.key AS key, w.name AS name',
    );
    const { key, name } = row!;
    expect(await node(key)).not.toHaveProperty('validFrom');
    const described = {
      label: 'Workload',
      key,
      family: 'workloads',
      props: { name, namespace: 'shop', kind: 'Deployment', replicas: 1 },
    };
    await deliver(graph, scanOf(2_000_000, [described]));
    expect(await node(key)).toMatchObject({ firstSeen: 1_000_000, validFrom: 2_000_000, replicas: 1 });
    expect(await graph.read('MATCH (c:Change) RETURN c')).toEqual([]);
  });

  it('that a relationship names and no scan describes is there by its key alone', async () => {
    await deliver(graph, scanOf(100, [boundTo(account('web'), 'view', { binding: 'x' })]));
    expect(await node('prod/ClusterRole/view')).toEqual({
      key: 'prod/ClusterRole/view',
      cluster: 'prod',
      firstSeen: 100,
    });
  });

  it('cannot be described by two families', async () => {
    const twice = scanOf(100, [web, { ...web, family: 'others' }]);
    await expect(deliver(graph, twice)).rejects.toThrow(ContractError);
  });
});
