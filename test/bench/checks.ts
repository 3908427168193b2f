import { type CheckResult, evaluateChecks } from '../../functions/evaluate-checks/evaluate-checks.ts';
import type { ChosenCheck } from '../../shared/checks/configured-checks.ts';
import { configuredChecks } from '../../shared/checks/configured-checks.ts';
import { toModelParameter } from '../../shared/checks/model-parameter.ts';
import { STALE_AFTER_MS } from '../../shared/checks/stale-after.ts';
import { entityModelSchema } from '../../shared/domain/entity-model.ts';
import { DAY_MS } from '../../shared/domain/traffic-series/bucket.ts';
import { type Graph, openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { graphEvaluation } from '../../shared/graph/evaluation.ts';
import { withBenchServer } from './bench-server.ts';
import { count, type Goal, type Measured, seconds } from './report.ts';
import { importWideMesh, WIDE_CLUSTER, WIDE_END, type WideScale } from './wide-mesh.ts';

export type ChecksScale = { readonly meshes: readonly WideScale[] };

type Judged = { readonly ms: number; readonly results: readonly CheckResult[] };
type Results = {
  readonly mesh: WideScale;
  readonly together: Judged | Error;
  readonly alone: ReadonlyMap<string, number | Error>;
};

/** All checks of one evaluation, as a deployment makes it every quarter of an hour. */
const TOGETHER_MS = 5_000;
/** Checks that a table names; the others are quicker. */
const NAMED = 12;

/** Judges a mesh of 30 days by every check, together and each alone. */
export async function benchChecks({ meshes }: ChecksScale): Promise<Measured> {
  const results: Results[] = [];
  for (const mesh of meshes) {
    const one = await withBenchServer(
      async (access) => {
        const graph = openGraph(access);
        try {
          await ensureSchema(graph);
          return await judgeAll(graph);
        } finally {
          await graph.close();
        }
      },
      (home) => importWideMesh(home, mesh),
    );
    results.push({ mesh, ...one });
  }
  return report(results);
}

async function judgeAll(graph: Graph): Promise<Omit<Results, 'mesh'>> {
  const checks = configuredChecks({});
  // Once before, so that no check pays for a server that just started.
  await judge(graph, checks).catch(() => undefined);
  const together = await judge(graph, checks).catch((error: Error) => error);
  const alone = new Map<string, number | Error>();
  for (const chosen of checks) {
    const judged = await judge(graph, [chosen]).catch((error: Error) => error);
    alone.set(chosen.check.id, judged instanceof Error ? judged : judged.ms);
  }
  return { together, alone };
}

async function judge(graph: Graph, checks: readonly ChosenCheck[]): Promise<Judged> {
  const { writeFindings: _, ...looking } = graphEvaluation(graph);
  const begun = performance.now();
  const { results } = await evaluateChecks(looking, {
    cluster: WIDE_CLUSTER,
    since: WIDE_END - DAY_MS,
    at: WIDE_END,
    checks,
    model: toModelParameter(entityModelSchema.parse({})),
    staleAfterMs: STALE_AFTER_MS,
    allowStale: true,
  });
  return { ms: performance.now() - begun, results };
}

function report(results: readonly Results[]): Measured {
  const msOf = ({ together }: Results): number => (together instanceof Error ? Number.POSITIVE_INFINITY : together.ms);
  const goals = results.map((one): Goal => {
    const { workloads, pairs } = one.mesh;
    return {
      wanted: `all checks at ${count(workloads)} services and ${count(pairs)} pairs in ${seconds(TOGETHER_MS)}`,
      got: msOf(one) === Number.POSITIVE_INFINITY ? 'refused' : seconds(msOf(one)),
      met: msOf(one) <= TOGETHER_MS,
    };
  });
  const ids = [...(results.at(-1)?.alone ?? [])]
    .toSorted(([, a], [, b]) => weight(b) - weight(a))
    .slice(0, NAMED)
    .map(([id]) => id);
  return {
    figures: {
      judged: results.flatMap(({ together }) => (together instanceof Error ? [] : together.results)).length,
      refused: results.flatMap(({ alone }) => [...alone.values()]).filter((one) => one instanceof Error).length,
    },
    table: {
      columns: ['check', ...results.map(({ mesh }) => `${count(mesh.workloads)}, ${count(mesh.pairs)}, ${mesh.days}`)],
      rows: [
        [
          'all together',
          ...results.map((one) => (msOf(one) === Number.POSITIVE_INFINITY ? 'refused' : seconds(msOf(one)))),
        ],
        ...ids.map((id) => [id, ...results.map(({ alone }) => cell(alone.get(id)))]),
      ],
    },
    goals,
    remarks: [
      'Services, call pairs, days; the mesh is that of the questions. The period is its last day; nothing is recorded.',
      `The ${NAMED} slowest are named, each judged alone; together, what several read is read once.`,
      'Days hold no single windows here, so the checks of hours (volume, failures) find nothing to weigh.',
    ],
  };
}

const weight = (one: number | Error): number => (one instanceof Error ? Number.POSITIVE_INFINITY : one);

const cell = (one: number | Error | undefined): string =>
  one === undefined ? '-' : one instanceof Error ? `refused: ${one.message.slice(0, 60)}` : seconds(one);
