import { type Command, Option } from 'commander';
import type { Severity } from '../../shared/checks/check.ts';
import { configOption } from '../configuration.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';

export type GateOptions = {
  readonly against: string;
  readonly cluster?: string;
  readonly namespace: string;
  readonly base?: readonly string[];
  readonly full?: 'namespaces' | 'cluster' | true;
  readonly since?: string;
  readonly at?: string;
  readonly failOn?: Severity;
  readonly all: boolean;
  readonly allowStale: boolean;
  readonly rules?: string;
  readonly config?: string;
  readonly output: string;
  readonly out?: readonly string[];
};

const PATHS =
  'PATH is a file of rendered manifests, a directory (all .yaml, .yml and .json below it), or - for stdin:\n' +
  '  helm template web charts/web | meshgraph gate -\n' +
  '  kustomize build overlays/prod | meshgraph gate - --full namespaces\n' +
  '  meshgraph gate manifests --base ../main/manifests --out gate.sarif --out comment.md';
const EXIT =
  'Exit codes: 0 nothing the change causes is at or over --fail-on, 1 something is, or an exception is over,\n' +
  '2 it cannot be judged: bad input, nothing to judge, stale or missing data.';

/** `meshgraph gate PATH...`: what would break, open up or dangle if these manifests were applied. */
export function register(program: Command, io: Io): void {
  program
    .command('gate')
    .description(
      'judge manifests before they are applied: which calls seen would be denied, who gains access, what is broken',
    )
    .argument('<path...>', 'rendered manifests: files, directories, - for stdin')
    .option('--against <graph|file>', 'the mesh before: the graph, a bundle, or a baseline file', 'graph')
    .option('--cluster <name>', 'the cluster they are for, where the graph knows several')
    .option('-n, --namespace <name>', 'where objects go that name no namespace', 'default')
    .option('--base <path...>', 'the same manifests before the change: what only these hold is deleted')
    .addOption(
      new Option(
        '--full [extent]',
        'the manifests are all there is of the namespaces they name, or of the cluster: the rest is deleted',
      )
        .choices(['namespaces', 'cluster'])
        .preset('namespaces'),
    )
    .option('--since <instant>', 'calls seen from then on: an instant, or a span (default: gate.since, 14d)')
    .option('--at <instant>', 'the mesh as of then: 2026-11-23T17:54:00Z, or -2h (default: the newest known)')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 on findings at or over it (default: gate.failOn, high)').choices([
        'critical',
        'high',
        'medium',
        'low',
        'info',
      ]),
    )
    .option('--all', 'what was so before the change fails too', false)
    .option('--allow-stale', 'judge on older data all the same', false)
    .option('--rules <dir>', 'rules of your own beside the built-in ones (default: gate.ownRules)')
    .addOption(configOption())
    .addOption(formatOption('table', 'json', 'sarif', 'junit', 'markdown'))
    .option(
      '--out <file>',
      'write it there too, as its ending says (.json, .sarif, .xml, .md, else like -o); may be repeated',
      collect,
    )
    .addHelpText('after', `\n${PATHS}\n\n${EXIT}`)
    .action(async (paths: string[], options: GateOptions, command: Command) => {
      const { runGate } = await import('../gate/run-gate.ts');
      await runGate(io, paths, options, command.parent?.version() ?? '0');
    });
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];
