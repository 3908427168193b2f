import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CHECKS } from '../../shared/checks/registry.ts';
import { nearest } from '../../shared/domain/configuration/nearest.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { loadConfiguration } from '../configuration.ts';
import type { Io } from '../io.ts';
import { readOwnChecks } from './read-own-checks.ts';
import { readOwnTests } from './read-own-tests.ts';
import { exitCodeOfTests, renderTests } from './render-tests.ts';
import { testOwnChecks } from './test-own-checks.ts';
import { withScratchGraph } from './with-scratch-graph.ts';

type Options = { readonly test: string; readonly config?: string; readonly output: string };

/** What a test takes: it has a mesh, a period and a graph of its own. */
const OF_TESTS = ['test', 'config', 'output'];

/** `meshgraph check --test DIR [checks...]`: tries checks of the user's own on the small meshes beside them. */
export async function runTests(io: Io, ids: readonly string[], options: Options, command: Command): Promise<void> {
  const others = command.options.filter(
    (option) =>
      !OF_TESTS.includes(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (others.length > 0) {
    const flags = others.map(({ long }) => long).join(', ');
    throw new InvalidInputError(
      `--test tries checks on meshes of their own, with nothing recorded: leave out ${flags}`,
    );
  }
  if (options.output === 'sarif') {
    throw new InvalidInputError('SARIF has no place for tests: -o table, short, json or junit');
  }
  const directory = resolve(io.cwd, options.test);
  const own = await readOwnChecks(io.cwd, directory, { ids: CHECKS.map(({ id }) => id), noun: 'check' });
  for (const id of ids)
    mustBeAmong(
      id,
      own.map((check) => check.id),
    );
  const chosen = own.filter(({ id }) => ids.length === 0 || ids.includes(id));
  const tested = await Promise.all(
    chosen.map(async (check) => ({ check, tests: await readOwnTests(directory, check) })),
  );
  const configuration = await loadConfiguration(io, options.config);
  const outcomes = await withScratchGraph(io, (graph) => testOwnChecks(graph, tested, configuration, io.signal));
  io.out(renderTests(io, options.output, outcomes));
  io.exit(exitCodeOfTests(outcomes));
}

function mustBeAmong(id: string, known: readonly string[]): void {
  if (known.includes(id)) return;
  const close = nearest(id, known);
  throw new InvalidInputError(
    `there is no check "${id}" there${close === undefined ? `; known: ${known.join(', ')}` : `; did you mean ${close}?`}`,
  );
}
