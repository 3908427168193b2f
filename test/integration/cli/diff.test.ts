import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { after as seconds, writeRecordedMesh } from '../questions/recorded-graph.ts';

let access: GraphAccess;
let graph: Graph;
beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
  await writeRecordedMesh(graph);
});
afterAll(() => graph?.close());

const diff = (...args: string[]) =>
  runCommand(['diff', ...args], {
    env: { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password },
  });
type Row = Readonly<Record<'what' | 'entity' | 'story' | 'key', string>>;
const rowsOf = ({ out }: { out: string }): Row[] => JSON.parse(out).rows;

// What happened when is told by the recording itself (test/fixtures/capture, from its timeline).
describe('meshgraph diff on the recorded mesh', () => {
  test('reports, which came after 240 s, came to reach the personal data of mysql, and nobody else did', async () => {
    const told = rowsOf(await diff('--from', seconds(200), '--to', seconds(420), '-o', 'json'));
    expect(
      told.filter(({ what }) => what.includes('reaches data')).map(({ entity, story }) => [entity, story]),
    ).toEqual([['batch/reports → personal data', 'batch/reports → books/books → books/mysql']]);
    expect(told.map(({ what, entity }) => `${what} ${entity}`)).toContain('first call batch/reports → books/books');
  });

  test('a namespace narrows it to what lives there, or has its other end there', async () => {
    const told = rowsOf(await diff('--from', seconds(200), '--to', seconds(420), '--namespace', 'batch', '-o', 'json'));
    expect(told.length).toBeGreaterThan(3);
    for (const { entity, key } of told) expect(`${key} ${entity}`).toMatch(/batch/);
    const nobody = await diff('--from', seconds(200), '--namespace', 'bach');
    expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining('did you mean batch?') });
  });

  test('the policy change after 345 s is told with what became of what', async () => {
    const told = rowsOf(await diff('--from', seconds(335), '--owner', 'voting', '-o', 'json'));
    const [policy] = told.filter(({ what, entity }) => what === 'changed' && entity.includes('web-only'));
    expect(policy?.story).toContain('reports');
  });

  test('it is drawn by Mermaid, alone or in Markdown', async () => {
    const { out } = await diff('--from', seconds(200), '--to', seconds(420), '-o', 'mermaid');
    expect(out).toMatch(/^flowchart LR\n/);
    expect(out).toMatch(/ n\d+ -->\|"reaches data"\| n\d+\n/);
    const markdown = await diff('--from', seconds(200), '--to', seconds(420), '-o', 'markdown');
    expect(markdown.out).toMatch(/\n```mermaid\nflowchart LR\n[^`]*\n```\n$/);
  });
});
