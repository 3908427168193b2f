import { type Command, Option } from 'commander';
import type { Severity } from '../../shared/checks/check.ts';
import type { Judged } from '../check/judged.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';

type Options = {
  readonly at?: string;
  readonly since: string;
  readonly cluster?: string;
  readonly param?: readonly string[];
  readonly failOn: Severity;
  readonly staleAfter: string;
  readonly allowStale: boolean;
  readonly record: boolean;
  readonly checks?: string;
  readonly test?: string;
  readonly config?: string;
  readonly output: string;
};

/** `meshgraph check [checks...]`: judges what the graph knows. Exit 0 clean, 1 findings at or over --fail-on, 2 unknown. */
export function register(program: Command, io: Io): void {
  program
    .command('check')
    .description('run the checks on the graph, like linkerd check on a cluster')
    .argument('[checks...]', 'ids of the checks to run (default: all that the configuration leaves on)')
    .option('--at <instant>', 'judge as of then: 2026-11-23T17:54:00Z, or -2h (default: now)')
    .option('--since <instant>', 'judge traffic from then on: an instant, or a span before --at', '24h')
    .option('--cluster <name>', 'only this cluster (default: every cluster the graph knows)')
    .option('--param <name=duration>', 'a parameter of a check, like learning=14d; may be repeated', collect)
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 on findings at or over it')
        .choices(['critical', 'high', 'medium', 'low', 'info'])
        .default('high'),
    )
    .option('--stale-after <duration>', 'scans older than this, seen from --at, cannot be judged on', '15m')
    .option('--allow-stale', 'judge on older or partly read scans all the same', false)
    .option('--record', 'write findings into the graph, where they open, resolve and reopen', false)
    .option('--checks <dir>', 'checks of your own beside the built-in ones (default: ownChecks of the configuration)')
    .option('--test <dir>', 'try checks of your own on the small meshes in their folders, and tell no finding')
    .option('--config <file>', 'configuration file')
    .addOption(formatOption('table', 'short', 'json', 'sarif', 'junit'))
    .action((ids: string[], options: Options, command: Command) => check(io, ids, options, command));
}

const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

async function check(io: Io, ids: readonly string[], options: Options, command: Command): Promise<void> {
  const { test } = options;
  if (test !== undefined) {
    const { runTests } = await import('../own-checks/run-tests.ts');
    return runTests(io, ids, { ...options, test }, command);
  }
  const { renderChecks } = await import('../check/formats.ts');
  const { exitCodeOf } = await import('../check/verdict.ts');
  const { failOn, output } = options;
  const evaluations = await judge(io, ids, options, command);
  const version = command.parent?.version() ?? '0';
  io.out(renderChecks(io, evaluations, { format: output, failOn, version }));
  io.exit(exitCodeOf(evaluations, failOn));
}

/** What a deployment's evaluations found where an API is asked, else what is found now. */
async function judge(io: Io, ids: readonly string[], options: Options, command: Command): Promise<readonly Judged[]> {
  if (io.env.MESHGRAPH_API) {
    const { readRecordedChecks } = await import('../check/read-recorded-checks.ts');
    return readRecordedChecks(io, ids, command);
  }
  const { loadConfiguration } = await import('../configuration.ts');
  const { toCheck } = await import('../../shared/checks/own-checks/to-check.ts');
  const { chooseChecks } = await import('../check/choose-checks.ts');
  const { evaluateClusters } = await import('../check/evaluate-clusters.ts');
  const configuration = await loadConfiguration(io, options.config, options.checks);
  const own = configuration.own.map(toCheck);
  const chosen = chooseChecks(configuration.checks, ids, options.param ?? [], own);
  return evaluateClusters(io, chosen, configuration, options);
}
