import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { sarifErrors } from '../../unit/cli/output/sarif-errors.ts';
import { refill } from '../checks/build-graph.ts';
import { arrival, healthy, minute, scan, trafficWindow } from '../checks/small-mesh.ts';

const schema = readFileSync(join(import.meta.dirname, '../../fixtures/report-schemas/junit-10.xsd'), 'utf8');
const intruder = trafficWindow(minute(6), minute(7), [], [arrival('shop/web', 'shop/books', 'denied', 4)]);

let access: GraphAccess;
let graph: Graph;
beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
  await refill(graph, [scan, healthy, intruder]);
});
afterAll(() => graph?.close());

const meshgraph = (args: string[], now = minute(10)) => {
  const { uri, username, password } = access;
  return runCommand(args, {
    env: { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password },
    now: () => now,
  });
};

async function junit(args: string[], now?: number): Promise<string> {
  const { out } = await meshgraph(['findings', ...args, '-o', 'junit'], now);
  const { errors } = await validateXML({ xml: { fileName: 'findings.xml', contents: out }, schema });
  expect(errors.map(({ message }) => message)).toEqual([]);
  return out;
}
async function sarif(args: string[], now?: number) {
  const log = JSON.parse((await meshgraph(['findings', ...args, '-o', 'sarif'], now)).out);
  expect(sarifErrors(log)).toEqual([]);
  return log.runs[0];
}

describe('reports of findings', () => {
  test('are not green before anything was evaluated', async () => {
    const xml = await junit([]);
    expect(xml).toContain('<error message="cannot be judged: no evaluation of the checks was recorded yet"');
    // None passed: those that still learn are skipped.
    expect(xml.match(/<testcase /g)).toHaveLength(CHECKS.length);
    expect(xml).not.toContain('time="0"/>');
    expect((await sarif([])).invocations[0].executionSuccessful).toBe(false);
  });

  test('tell every open finding as failed, and a check without one as passed', async () => {
    await meshgraph(['check', 'denied-arrivals', 'plaintext-between-meshed', '--record']);
    const denied = await junit(['--check', 'denied-arrivals']);
    expect(denied).toContain('tests="1" failures="1" errors="0"');
    expect(denied).toMatch(/<failure message="web\.shop\.\S+ \(shop\/web\) was denied 4 times at shop\/books:8080/);
    expect(await junit(['--check', 'plaintext-between-meshed'])).toContain('tests="1" failures="0" errors="0"');
    const { results, invocations } = await sarif(['--check', 'denied-arrivals']);
    expect(results).toMatchObject([{ ruleId: 'denied-arrivals', level: 'error', suppressions: [] }]);
    expect(invocations[0].executionSuccessful).toBe(true);
  });

  test('are not green when the newest evaluation is old', async () => {
    expect(await junit(['--check', 'plaintext-between-meshed'], minute(60))).toContain('errors="1"');
    expect((await sarif(['--check', 'plaintext-between-meshed'], minute(60))).results).toMatchObject([
      { kind: 'open' },
    ]);
  });

  test('tell what is accepted as skipped and suppressed, where it is asked for', async () => {
    const { out } = await meshgraph(['findings', '-o', 'short']);
    expect(out).toMatch(/^[0-9a-f]{32} test high open denied-arrivals: web\.shop\..* was denied 4 times .*\n$/);
    const [id = ''] = out.split(' ');
    await meshgraph(['findings', 'accept', id, '--reason', 'a drill', '--until', '2026-12-31']);
    const xml = await junit(['--check', 'denied-arrivals', '--state', 'all']);
    expect(xml).toContain('failures="0" errors="0" skipped="1"');
    expect(xml).toContain('<skipped message="a drill">');
    const { results } = await sarif(['--check', 'denied-arrivals', '--state', 'all']);
    expect(results).toMatchObject([{ suppressions: [{ justification: 'a drill' }] }]);
    const refused = await meshgraph(['findings', '--state', 'resolved', '-o', 'junit']);
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('a report tells what is open') });
    const one = await meshgraph(['findings', 'show', id, '-o', 'sarif']);
    expect(one).toMatchObject({
      code: 2,
      err: expect.stringContaining('findings show prints a table or json, not sarif'),
    });
  });

  test('know a check of the user’s own by what it found', async () => {
    await graph.write(`MATCH (finding:Finding {check: 'denied-arrivals'})
      SET finding.check = 'mine', finding.state = 'open'`);
    expect((await meshgraph(['findings', '--check', 'mine', '-o', 'short'])).out).toContain(' open mine: ');
    expect(await junit(['--check', 'mine'])).toContain('tests="1" failures="1" errors="0"');
    const unknown = await meshgraph(['findings', '--check', 'mime']);
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('there is no check "mime"') });
  });
});
