import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toModelParameter } from '../../../shared/checks/model-parameter.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { readTrafficWindows } from '../../../shared/graph/ledger/traffic-windows.ts';
import { readRows } from '../../../shared/graph/questions.ts';
import { isMandatory, type QuestionParameter } from '../../../shared/questions/parameter.ts';
import { QUESTIONS } from '../../../shared/questions/registry.ts';
import { freshGraph } from '../../neo4j.ts';
import { askGraph } from '../questions/ask-graph.ts';
import { compact, DAY_MS, day, deliverAll, history, isWindow, RETENTION } from './compaction-graph.ts';

const VALUES: Readonly<Record<string, string>> = {
  caller: 'shop/web',
  callee: 'shop/stock',
  from: 'shop/web',
  to: 'shop/stock',
};
/** `[since, at]`: within the days of single windows, whole days, a whole month, and all of them together. */
const WHOLE = {
  'part of a day of the last two': ['2026-08-04T01:03:00Z', '2026-08-05T12:00:00Z'],
  'a day kept as a day': ['2026-08-02', '2026-08-03'],
  'days kept as days, to an instant kept as windows': ['2026-08-02', '2026-08-05T01:05:00Z'],
  'a month kept as a month': ['2026-07-01', '2026-08-01'],
  'all there is': ['2026-07-01', '2026-08-06'],
} as const;
/** They start in the middle of a day, or of a month, that is kept whole. */
const CUT = {
  'a day that is cut': [
    '2026-08-02T01:03:00Z',
    '2026-08-04',
    'is kept by the day: of a day the period cuts, all is told',
  ],
  'a month that is cut': ['2026-07-28', '2026-08-04', 'is kept by the month: of a month the period cuts, all is told'],
} as const;

let graph: Graph;
type Told = Record<string, unknown>;
let before: Record<string, Told>;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
  await deliverAll(graph, history());
  before = await tellAll();
  // What is gone stays as well: what is forgotten of it no question can tell.
  await compact(graph, { ...RETENTION, closed: 60 * DAY_MS });
});
afterAll(() => graph?.close());

const asked = QUESTIONS.filter(({ parameters }) =>
  parameters.every(({ kind, name }) => kind !== 'node' || name in VALUES),
);

/** Nodes by name, and of a choice that must be made the first. */
function valueFor(parameter: QuestionParameter): [string, string | undefined][] {
  const { kind, name } = parameter;
  if (kind === 'node') return [[name, VALUES[name]]];
  return kind === 'choice' && isMandatory(parameter) ? [[name, parameter.choices[0]]] : [];
}

async function tell(since: string, at: string): Promise<Told> {
  const told: Told = {};
  for (const { id, parameters } of asked) {
    const values = Object.fromEntries(parameters.flatMap(valueFor));
    const answered = await askGraph(graph, id, values, { since, at });
    // The ledger of cluster scans is kept by the day in the end (decision 0008): how many there were is told otherwise then.
    const rows = answered.rows.filter(({ what }) => id !== 'coverage' || what !== 'scans');
    told[id] = { ...answered, rows };
  }
  const model = toModelParameter(entityModelSchema.parse({}));
  const period = { cluster: 'prod', since: Date.parse(since), at: Date.parse(at), model };
  for (const { id, query, population, parameters } of CHECKS) {
    const values = Object.fromEntries(parameters.map(({ name, defaultMs }) => [name, defaultMs]));
    told[id] = inOrder(await readRows(graph, query, { ...values, ...period }));
    if (population) told[`${id} population`] = await readRows(graph, population.query, { ...values, ...period });
  }
  return told;
}

/** Rows have no order where what reads them gives them one. */
const inOrder = (rows: readonly unknown[]): readonly unknown[] =>
  rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

async function tellAll(): Promise<Record<string, Told>> {
  const told: Record<string, Told> = {};
  for (const [name, [since, at]] of [...Object.entries(WHOLE), ...Object.entries(CUT)])
    told[name] = await tell(since, at);
  return told;
}

describe('after compaction', () => {
  it.each(Object.entries(WHOLE))('every question and check answers as before: %s', async (name, [since, at]) => {
    expect(asked.length).toBeGreaterThan(3);
    expect(await tell(since, at)).toEqual(before[name]);
    expect(before[name]?.callers).toMatchObject({ rows: expect.arrayContaining([expect.anything()]) });
  });

  it.each(Object.entries(CUT))(
    'who called is still known, and it says that counts are of more: %s',
    async (name, [since, at, note]) => {
      const callers = (told?: Told) => told?.callers as { rows: { caller: string; count: number }[]; notes: string[] };
      const [then, now] = [callers(before[name]), callers(await tell(since, at))];
      const named = (rows: { caller: string }[]) => [...new Set(rows.map(({ caller }) => caller))].sort();
      expect(named(now.rows)).toEqual(expect.arrayContaining(named(then.rows)));
      const count = (rows: { count: number }[]) => rows.reduce((sum, row) => sum + row.count, 0);
      expect(count(now.rows)).toBeGreaterThan(count(then.rows));
      expect(now.notes.filter((text) => text.endsWith(note))).toHaveLength(1);
    },
  );

  it('the planner still knows since when the cluster is read, and every window it could read again', async () => {
    const windows = history().filter(isWindow);
    const known = await readTrafficWindows(graph, 'prod', day('08-04'));
    expect(Math.min(...known.map(({ from }) => from))).toBe(windows[0]?.window.from);
    for (const { window } of windows.filter(({ at }) => at > day('08-04'))) expect(known).toContainEqual(window);
  });
});
