import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands.ts';
import { runProgram } from '../../../cli/program.ts';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { recordingIo } from '../../unit/cli/recording-io.ts';
import { refill } from '../checks/build-graph.ts';
import { arrival, healthy, minute, scan, trafficWindow } from '../checks/small-mesh.ts';

let access: GraphAccess;
let graph: Graph;
beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
});
afterAll(() => graph?.close());

/** Runs one command line ten minutes after the small mesh began, as a user in a pipe would. */
async function meshgraph(...args: string[]) {
  const env = { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password };
  const io = recordingIo({ env, now: () => minute(10) });
  await runProgram(args, '0.0.0', io, COMMANDS);
  return { out: io.said.out, err: io.said.err, exitCode: io.said.code ?? 0 };
}

const intruder = trafficWindow(minute(6), minute(7), [], [arrival('shop/web', 'shop/books', 'denied', 4)]);

describe('meshgraph check', () => {
  test('a healthy mesh is told check by check, with exit code 0', async () => {
    await refill(graph, [scan, healthy]);
    const { out, exitCode } = await meshgraph('check');
    expect(exitCode).toBe(0);
    expect(out).toContain('policy\n------\n√ no caller is turned away by Linkerd policy (1 ways callers arrived)\n');
    // Nothing is green that was not looked at.
    expect(out).toMatch(/‼ no caller is new\n {4}not judged yet: watched since .*, and learning takes 7d\n/);
    expect(out).toMatch(/\nStatus check results are √ \(0 findings, 0 at or over high\)\n$/);
  });

  test('a grave finding is told with what to do, with exit code 1; under a higher bar it is only a warning', async () => {
    await refill(graph, [scan, healthy, intruder]);
    const { out, exitCode } = await meshgraph('check');
    expect(exitCode).toBe(1);
    expect(out).toContain(
      '× no caller is turned away by Linkerd policy (high, 1 of 2 ways callers arrived)\n    web.shop.',
    );
    expect(out).toContain('    see docs/checks.md#denied-arrivals\n');
    const lenient = await meshgraph('check', '--fail-on', 'critical');
    expect(lenient).toMatchObject({ exitCode: 0, out: expect.stringContaining('‼ no caller is turned away') });
  });

  test('stale scans cannot be judged: exit code 2, unless they are allowed', async () => {
    await refill(graph, [scan, healthy]);
    const { out, exitCode } = await meshgraph('check', '--stale-after', '2m');
    expect(exitCode).toBe(2);
    expect(out).toContain('    cannot judge: the newest traffic window is of 2026-11-23T17:06:00Z, 4m before');
    expect((await meshgraph('check', '--stale-after', '2m', '--allow-stale')).exitCode).toBe(0);
  });

  test('what cannot be judged is green in no report', async () => {
    await refill(graph, [scan, healthy]);
    const junit = await meshgraph('check', 'denied-arrivals', '--stale-after', '2m', '-o', 'junit');
    expect(junit.out).toContain('tests="1" failures="0" errors="1"');
    const sarif = await meshgraph('check', 'denied-arrivals', '--stale-after', '2m', '-o', 'sarif');
    const [run] = JSON.parse(sarif.out).runs;
    expect(run.invocations).toMatchObject([{ executionSuccessful: false, exitCode: 2 }]);
    expect(run.results).toMatchObject([{ ruleId: 'denied-arrivals', kind: 'open' }]);
    expect([junit.exitCode, sarif.exitCode]).toEqual([2, 2]);
  });

  test('-o json holds the rows, -o short one line a finding', async () => {
    await refill(graph, [scan, healthy, intruder]);
    const { out } = await meshgraph('check', 'denied-arrivals', '-o', 'json');
    const { evaluations, exitCode } = JSON.parse(out);
    expect(exitCode).toBe(1);
    expect(evaluations[0].results[0].findings[0]).toMatchObject({ row: { count: 4 }, severity: 'high' });
    expect(evaluations[0].results[0].population).toEqual({ count: 2, noun: 'ways callers arrived' });
    const short = await meshgraph('check', 'denied-arrivals', '-o', 'short');
    expect(short.out).toMatch(/^test high denied-arrivals: web\.shop\..* was denied 4 times .*\n$/);
  });

  test('findings are written only when asked to', async () => {
    await refill(graph, [scan, healthy, intruder]);
    const kept = () => graph.read('MATCH (finding:Finding) RETURN finding.state AS state');
    await meshgraph('check');
    expect(await kept()).toEqual([]);
    await meshgraph('check', '--record');
    expect(await kept()).toEqual([{ state: 'open' }]);
    const past = await meshgraph('check', '--record', '--at', '-1m');
    expect(past.err).toContain('test: a later evaluation is recorded already');
  });
});

describe('meshgraph ask', () => {
  test('an answer is one sentence, its period, and a table', async () => {
    await refill(graph, [scan, healthy]);
    const { out, exitCode } = await meshgraph('ask', 'callers', 'shop/books', '--since', '-5m');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^shop\/books has 1 caller \(test, 2026-11-23T17:01:00Z to 2026-11-23T17:06:00Z\)\n/);
    expect(out).toMatch(/\nshop\/web +web\.shop\.\S+ +8080 +allowed +10 +requests +0 +yes /);
  });

  test('a parameter is told in order, by its flag, or by --param', async () => {
    await refill(graph, [scan, healthy]);
    const answers = [
      await meshgraph('ask', 'path', 'shop/web', 'shop/books', '-o', 'json'),
      await meshgraph('ask', 'path', '--from', 'shop/web', '--to', 'shop/books', '-o', 'json'),
      await meshgraph('ask', 'path', '--param', 'from=shop/web', '--param', 'to=shop/books', '-o', 'json'),
    ];
    for (const { out } of answers) expect(JSON.parse(out)).toMatchObject({ rows: [{ hop: 1, callee: 'shop/books' }] });
  });

  test.each([
    [['callrs', 'shop/books'], 'there is no question "callrs"; did you mean callers?'],
    [['callers'], 'the question callers wants callee'],
    [['callers', 'shop/bocks'], 'did you mean shop/books?'],
    [['callers', 'shop/books', '--callee', 'shop/web'], 'callee is told more than once: shop/web, shop/books'],
    [['callers', 'shop/books', '--param', 'colour=red'], 'the question callers takes callee=..., not "colour"'],
    [['callers', 'shop/books', '--at', 'noon'], 'an instant is written like'],
    [['callers', 'shop/books', '--bogus'], "unknown option '--bogus'"],
  ])('%j is refused with what was expected, exit code 2', async (args, message) => {
    await refill(graph, [scan, healthy]);
    const { err, out, exitCode } = await meshgraph('ask', ...args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(message);
  });
});
