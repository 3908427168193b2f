import { STALE_AFTER_MS } from '../../shared/checks/stale-after.ts';
import type { Input, Reader } from '../../shared/domain/api/operations.ts';
import { type Graph, openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { graphReader } from '../../shared/graph/reader/graph-reader.ts';
import { keptWalks } from '../../shared/graph/reader/kept-walks.ts';
import { QUESTIONS } from '../../shared/questions/registry.ts';
import { withBenchServer } from './bench-server.ts';
import { count, type Goal, type Measured, seconds } from './report.ts';
import { importWideMesh, randomNumbers, type WideScale, wideName } from './wide-mesh.ts';

export type QuestionsScale = {
  readonly meshes: readonly WideScale[];
  /** How often each question that takes parameters is asked, each time with others. */
  readonly asks: number;
  /** A question that takes seconds is asked no longer than so. */
  readonly longestMs: number;
};

type Told = { readonly firstMs: number; readonly times: readonly number[]; readonly rows: number };
type Results = { readonly mesh: WideScale; readonly told: ReadonlyMap<string, Told | Error> };

/** Somebody waits, or a model of an assistant asks many times: the largest mesh's answer shall feel like none was read. */
const BLAST_RADIUS_P95_MS = 50;

/** Asks every question of a mesh of 30 days, first with nothing read yet, then with random parameters. */
export async function benchQuestions({ meshes, ...asking }: QuestionsScale): Promise<Measured> {
  const results: Results[] = [];
  for (const mesh of meshes) {
    const told = await withBenchServer(
      async (access) => {
        const graph = openGraph(access);
        try {
          await ensureSchema(graph);
          return await askAll(graph, mesh, asking);
        } finally {
          await graph.close();
        }
      },
      (home) => importWideMesh(home, mesh),
    );
    results.push({ mesh, told });
  }
  return report(results, asking.asks);
}

async function askAll(graph: Graph, mesh: WideScale, asking: Omit<QuestionsScale, 'meshes'>) {
  const told = new Map<string, Told | Error>();
  for (const { id } of QUESTIONS) {
    // A reader of its own for each: nothing was kept for it by the question before.
    const reader = readerOf(graph);
    told.set(id, await askOften(reader, id, mesh, asking).catch((error: Error) => error));
    process.stderr.write(`  ${id} ${told.get(id) instanceof Error ? 'failed' : ''}\n`);
  }
  return told;
}

const readerOf = (graph: Graph): Reader =>
  graphReader({
    graph,
    readWalk: keptWalks(graph),
    now: Date.now,
    caller: 'bench',
    checks: {},
    staleAfterMs: STALE_AFTER_MS,
    cypher: { enabled: false, timeout: 0, maxRows: 0 },
  });

async function askOften(
  reader: Reader,
  id: string,
  mesh: WideScale,
  { asks, longestMs }: Omit<QuestionsScale, 'meshes'>,
): Promise<Told> {
  const random = randomNumbers(2);
  const times: number[] = [];
  const begin = performance.now();
  const time = async () => {
    const start = performance.now();
    const { rows } = await reader.askQuestion({ ...randomValues(id, mesh, random), name: id } as Input<'askQuestion'>);
    return { ms: performance.now() - start, rows: rows.length };
  };
  const first = await time();
  while (times.length < asks && performance.now() - begin < longestMs) times.push((await time()).ms);
  return { firstMs: first.ms, times, rows: first.rows };
}

/** What a question must be told, at random; and of a choice that has a default any other too. */
function randomValues(id: string, { workloads }: WideScale, random: () => number): Record<string, string> {
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const question = QUESTIONS.find((candidate) => candidate.id === id);
  return Object.fromEntries(
    (question?.parameters ?? []).flatMap((parameter): [string, string][] => {
      if (parameter.kind === 'choice') return [[parameter.name, one(parameter.choices)]];
      if (parameter.kind !== 'node' || parameter.optional) return [];
      const ofData = parameter.labels.includes('DataClass');
      return [
        [parameter.name, ofData ? one(['personal', 'payment', 'health']) : wideName(Math.floor(random() * workloads))],
      ];
    }),
  );
}

const quantile = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;

function report(results: readonly Results[], asks: number): Measured {
  const largest = results.at(-1);
  const radius = largest?.told.get('blast-radius');
  const p95 = radius instanceof Error || !radius ? Number.POSITIVE_INFINITY : quantile(radius.times, 0.95);
  const goals: Goal[] = [
    {
      wanted: `blast-radius at ${count(largest?.mesh.workloads ?? 0)} services: p95 of ${count(asks)} at most ${BLAST_RADIUS_P95_MS} ms`,
      got: milliseconds(p95),
      met: p95 <= BLAST_RADIUS_P95_MS,
    },
  ];
  return {
    figures: {
      blastRadiusP95: p95,
      failed: results.flatMap(({ told }) => [...told.values()].filter((one) => one instanceof Error)).length,
      answered: results.flatMap(({ told }) =>
        [...told.values()].filter((one) => !(one instanceof Error) && one.rows > 0),
      ).length,
    },
    table: {
      columns: ['question', ...results.flatMap(({ mesh }) => columnsOf(mesh))],
      rows: QUESTIONS.map(({ id }) => [id, ...results.flatMap(({ told }) => cellsOf(told.get(id)))]),
    },
    goals,
    remarks: [
      'Services, call pairs, days: every pair talks every day and both sides tell it; the period is the last day, a closed one.',
      'Relationships hold the totals of their day, not its single windows. Callees are random, some far more popular than others: from most services nearly all others are reached.',
      'The first answer has nothing kept, and a server that just started. Then each question is asked with random parameters, by one reader, for at most so long as the bench allows.',
      'The time is that of a whole answer: parameters resolved, coverage and freshness read, rows validated.',
    ],
  };
}

const columnsOf = ({ workloads, pairs, days }: WideScale): string[] => {
  const name = `${count(workloads)}, ${count(pairs)}, ${days}`;
  return [`${name}: first`, 'asked', 'p50', 'p95'];
};

function cellsOf(told: Told | Error | undefined): string[] {
  if (told === undefined || told instanceof Error) return [`refused: ${told?.message.slice(0, 60)}`, '-', '-', '-'];
  const { firstMs, times } = told;
  return [
    seconds(firstMs),
    count(times.length),
    milliseconds(quantile(times, 0.5)),
    milliseconds(quantile(times, 0.95)),
  ];
}

const milliseconds = (ms: number): string =>
  Number.isNaN(ms) ? '-' : ms >= 1_000 ? seconds(ms) : `${ms.toPrecision(3)} ms`;
