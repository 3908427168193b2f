import { countPopulation } from '../../functions/evaluate-checks/count-population.ts';
import { writeObservation } from '../../functions/write-graph/write-graph.ts';
import { toModelParameter } from '../../shared/checks/model-parameter.ts';
import type { OwnCheck } from '../../shared/checks/own-checks/own-check.ts';
import { testedCalls } from '../../shared/checks/own-checks/tested-calls.ts';
import { testedWorkloads, wholeMesh } from '../../shared/checks/own-checks/tested-mesh.ts';
import { toCheck } from '../../shared/checks/own-checks/to-check.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import type { Graph } from '../../shared/graph/connection.ts';
import { emptyCluster } from '../../shared/graph/empty-cluster.ts';
import { withLease } from '../../shared/graph/lease.ts';
import { observationWriters } from '../../shared/graph/observation-writers.ts';
import { askOwnCheck, demandQueries } from '../../shared/graph/own-checks/ask-own-check.ts';
import { DEFAULT_SETTINGS } from '../../shared/linkerd/policy/mesh-settings.ts';
import { observeState } from '../gate/own-rules/observed-state.ts';
import type { NamedTest } from './read-own-tests.ts';

export type TestedCheck = { readonly check: OwnCheck; readonly tests: readonly NamedTest[] };

/** What is wrong, one sentence each; nothing = the check says what it should. */
export type TestOutcome = {
  readonly check: string;
  readonly test: string;
  readonly expected: readonly string[];
  readonly problems: readonly string[];
};

const CLUSTER = 'test';
const AT = Date.parse('2026-01-01T12:00:00Z');
const WINDOW = { from: AT - 300_000, to: AT };
const PERIOD = { since: AT - 86_400_000, at: AT };

/**
 * Tries checks of the user's own on the meshes of their tests, one after the other in an empty graph. Throws
 * InvalidInputError for a query that must not or cannot be asked.
 */
export async function testOwnChecks(
  graph: Graph,
  checks: readonly TestedCheck[],
  { entityModel }: Pick<Configuration, 'entityModel'>,
  signal: AbortSignal,
): Promise<TestOutcome[]> {
  const parameters = { cluster: CLUSTER, ...PERIOD, model: toModelParameter(entityModel) };
  for (const { check } of checks) await demandQueries(graph, check, parameters);
  const outcomes: TestOutcome[] = [];
  for (const { check, tests } of checks) {
    for (const test of tests) {
      signal.throwIfAborted();
      await withLease(graph, CLUSTER, emptyCluster);
      await writeMesh(graph, test, entityModel);
      const problems = await problemsOf(graph, check, test, parameters);
      outcomes.push({ check: check.id, test: test.name, expected: test.finds, problems });
    }
    outcomes.push(...untested(check, tests));
  }
  return outcomes;
}

async function writeMesh(graph: Graph, test: NamedTest, entityModel: Configuration['entityModel']): Promise<void> {
  const mesh = wholeMesh(test);
  const writers = observationWriters(graph);
  const at = WINDOW.from;
  await writeObservation(
    writers,
    await observeState(mesh, { cluster: CLUSTER, at, entityModel, settings: DEFAULT_SETTINGS }),
  );
  await writeObservation(writers, testedCalls(CLUSTER, WINDOW, test.calls, testedWorkloads(mesh)));
}

async function problemsOf(
  graph: Graph,
  own: OwnCheck,
  { finds }: NamedTest,
  parameters: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const check = toCheck(own);
  const said = check.violations(await askOwnCheck(graph, own, 'query', parameters)).map(({ message }) => message);
  const population = await countPopulation(() => askOwnCheck(graph, own, 'population', parameters), check);
  const less = population && population.count < said.length;
  return [
    ...without(finds, said).map((message) => `it should say, and does not: ${message}`),
    ...without(said, finds).map((message) => `it says, and should not: ${message}`),
    ...(less
      ? [`it finds ${said.length} of ${population.count} ${population.noun}: its population counts too few`]
      : []),
  ];
}

/** What is left of a list when each of the others took one like it away. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** A check nobody saw speak, or be silent, is not tested. */
function untested({ id, folder }: OwnCheck, tests: readonly NamedTest[]): TestOutcome[] {
  const lacks: string[] = [];
  if (!tests.some(({ finds }) => finds.length > 0)) lacks.push(`no file in ${folder}/tests shows it finding something`);
  if (!tests.some(({ finds }) => finds.length === 0)) lacks.push(`no file in ${folder}/tests shows it silent`);
  return lacks.length === 0 ? [] : [{ check: id, test: 'its tests', expected: [], problems: lacks }];
}
