import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { readMeshState } from '../../../shared/graph/policy-objects/read-mesh-state.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';

const recording = join(import.meta.dirname, '../../../demo');
/** The recorded change of policy was made at 17:55:34; scans of the cluster are of 17:53:20, 17:55:20 and 17:59:35. */
const BEFORE = '2026-11-23T17:55:30Z';
const AFTER = '2026-11-23T17:59:40Z';
const END = Date.parse('2026-11-23T18:00:00Z');
const identityOf = (account: string) => `${account}.serviceaccount.identity.linkerd.cluster.local`;

let graph: Graph;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  const { uri, username, password } = await freshGraph();
  graph = openGraph({ uri, username, password });
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-explain-'));
  env = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
  const bundle = join(recording, 'recorded-mesh.bundle.gz');
  await runCommand(['scan', '--bundle', bundle, '--log', folder], { cwd: recording, env });
});
afterAll(async () => {
  await graph?.close();
  await rm(folder, { recursive: true, force: true });
});

async function explain(args: readonly string[], now = END) {
  const run = await runCommand(['explain', ...args, '-o', 'json'], { cwd: folder, env, now: () => now });
  return { ...run, told: run.out === '' ? undefined : JSON.parse(run.out) };
}

describe('the recorded mesh, explained from its graph', () => {
  it('denies the scanner, by the Server and policy that did, as often as its proxies counted', async () => {
    const { told, code } = await explain([
      'rogue/scanner',
      'emojivoto/voting',
      '--port',
      '8080',
      '--at',
      '2026-11-23T17:54:00Z',
    ]);
    expect(code).toBe(1);
    expect(told).toMatchObject({
      cluster: 'demo',
      verdict: 'denied',
      status: 403,
      protocol: 'grpc',
      server: { kind: 'Server', namespace: 'emojivoto', name: 'voting-grpc' },
      failed: [{ authorization: { name: 'voting-allow-web' }, clause: 'identity' }],
      observed: {
        last: Date.parse('2026-11-23T17:54:00Z'),
        calls: [{ verdict: 'denied', count: 118, unit: 'requests' }],
      },
      change: {
        turns: 'allowed',
        what: `add ${identityOf('scanner.rogue')} to MeshTLSAuthentication emojivoto/web-only`,
      },
    });
  });

  it('turns with the change of policy, and only for whom it was made', async () => {
    const call = ['emojivoto/voting', '--port', '8080', '--at'];
    expect(await explain(['batch/reports', ...call, BEFORE])).toMatchObject({
      code: 1,
      told: { verdict: 'denied', authorizations: [] },
    });
    expect(await explain(['batch/reports', ...call, AFTER])).toMatchObject({
      code: 0,
      told: {
        verdict: 'allowed',
        authorizations: [{ kind: 'AuthorizationPolicy', namespace: 'emojivoto', name: 'voting-allow-web' }],
      },
    });
    for (const at of [BEFORE, AFTER]) {
      expect(await explain(['emojivoto/web', ...call, at])).toMatchObject({ code: 0, told: { verdict: 'allowed' } });
      expect(await explain(['rogue/scanner', ...call, at])).toMatchObject({ code: 1, told: { verdict: 'denied' } });
    }
  });

  it('agrees with the verdicts the proxies gave on every pair and port that met only one', async () => {
    const pairs = await graph.read<{
      caller: string;
      callee: string;
      port: number;
      verdict: string;
      protocols: string[];
    }>(`
      MATCH (identity:Identity)-[seen:ARRIVED_AT]->(to:Workload)
      WHERE identity.name CONTAINS '.serviceaccount.' AND NOT to.namespace STARTS WITH 'linkerd'
      WITH identity.name AS caller, to.namespace + '/' + toLower(to.kind) + '/' + to.name AS callee, seen.port AS port,
        collect(DISTINCT seen.verdict) AS verdicts, collect(DISTINCT seen.protocol) AS protocols
      WHERE size(verdicts) = 1
      RETURN 'identity:' + caller AS caller, callee, port, verdicts[0] AS verdict, protocols`);
    const judged: string[] = [];
    for (const { caller, callee, port, verdict, protocols } of pairs) {
      const protocol = protocols.includes('tcp') ? ['--protocol', 'tcp'] : [];
      const { told } = await explain([caller, callee, '--port', String(port), '--at', BEFORE, ...protocol]);
      if (told.verdict === 'unknown') continue;
      expect(told.verdict, `${caller} ${callee}:${port}`).toBe(verdict);
      judged.push(`${caller} ${callee}:${port}`);
    }
    expect(judged.length).toBeGreaterThan(10);
  });

  it('asks for the path where routes go by it, and tells the route and how all unmeshed callers fared', async () => {
    const asked = await explain(['legacy/cron', 'books/authors', '--port', '7001']);
    expect(asked).toMatchObject({ code: 2, told: { verdict: 'unknown', missing: ['method', 'path'] } });
    const told = await explain(['legacy/cron', 'books/authors', '--method', 'GET', '--path', '/authors.json']);
    expect(told).toMatchObject({
      code: 1,
      told: {
        verdict: 'denied',
        route: { kind: 'HTTPRoute', namespace: 'books', name: 'authors-read' },
        observed: {
          of: 'all callers without identity',
          calls: [{ verdict: 'denied', count: 137 }, { verdict: 'allowed' }],
        },
      },
    });
  });

  it('tells what the caller’s own EgressNetwork refuses', async () => {
    const { told, code } = await explain(['rogue/scanner', 'ip:203.0.113.10', '--port', '80']);
    expect(code).toBe(1);
    expect(told.server).toMatchObject({ kind: 'EgressNetwork', namespace: 'rogue', name: 'no-egress' });
    expect(told.observed.calls).toMatchObject([{ verdict: 'refused' }]);
  });

  it('judges who no longer runs as it last was, who had not been scanned yet as it first was, and says so', async () => {
    const gone = await explain(['rogue/scanner', 'books/mysql']);
    expect(gone).toMatchObject({ code: 0, told: { verdict: 'allowed', port: 3306, protocol: 'tcp' } });
    expect(gone.told.about.join('\n')).toContain(
      'no scan saw a pod of rogue/scanner run at 2026-11-23T18:00:00Z: it is judged as it was last seen',
    );
    const early = await explain(['batch/reports', 'emojivoto/voting', '--at', '2026-11-23T17:54:30Z']);
    expect(early).toMatchObject({ code: 1, told: { verdict: 'denied' } });
    expect(early.told.about.join('\n')).toContain('it is judged as it was first seen, 2026-11-23T17:55:20');
  });

  it('says as of when it judges, where the graph is stale', async () => {
    const fresh = await explain(['emojivoto/web', 'emojivoto/voting']);
    expect(fresh.told.about.join('\n')).not.toContain('last scanned');
    const stale = await explain(['emojivoto/web', 'emojivoto/voting'], END + 3_600_000);
    expect(stale.told.about.join('\n')).toContain('the cluster was last scanned 2026-11-23T17:59:35.160Z, ');
  });

  it('cannot judge by kinds no scan has read', async () => {
    await graph.write(
      "MATCH (s:Scan {source: 'cluster'}) SET s.families = [f IN s.families WHERE f <> 'servers.policy.linkerd.io']",
    );
    const { told, code } = await explain(['emojivoto/web', 'emojivoto/voting']);
    expect([code, told.verdict, told.missing]).toEqual([2, 'unknown', ['servers.policy.linkerd.io']]);
  });

  it('refuses what the graph does not know, with what was meant', async () => {
    expect((await explain(['rogue/scaner', 'books/mysql'])).err).toContain('did you mean rogue/scanner?');
    expect((await explain(['a/b', 'c/d', '--at', '2026-11-01'])).err).toContain(
      'the graph knows nothing of demo as of 2026-11-01T00:00:00Z',
    );
    await expect(readMeshState(graph, 'other', END, { names: [], identities: [] })).rejects.toThrow(
      'the graph knows nothing of other',
    );
  });
});
