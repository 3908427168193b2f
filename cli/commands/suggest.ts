import type { Command } from 'commander';
import { configOption } from '../configuration.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';

export type SuggestOptions = {
  readonly namespace?: string;
  readonly against: string;
  readonly cluster?: string;
  readonly since?: string;
  readonly at?: string;
  readonly allowStale: boolean;
  readonly config?: string;
  readonly output: 'yaml' | 'json';
  readonly out?: string;
};

const USE =
  'Read it, try it, then apply it:\n' + '  meshgraph suggest -n shop --out shop.yaml\n' + '  meshgraph gate shop.yaml';
const EXIT = 'Exit codes: 0 told, 2 it cannot be told: bad input, no call seen, stale or missing data.';

/** `meshgraph suggest`: the least Linkerd policy that admits the calls seen. */
export function register(program: Command, io: Io): void {
  program
    .command('suggest')
    .description('write the least Linkerd policy that admits exactly the calls seen, as manifests')
    .option('-n, --namespace <name>', 'only for what is called in this namespace (default: all but the control plane)')
    .option('--against <graph|file>', 'where calls were seen: the graph, a bundle, or a baseline file', 'graph')
    .option('--cluster <name>', 'the cluster asked about, where the graph knows several')
    .option('--since <instant>', 'calls seen from then on: an instant, or a span (default: gate.since, 14d)')
    .option('--at <instant>', 'the mesh as of then: 2026-11-23T17:54:00Z, or -2h (default: the newest known)')
    .option('--allow-stale', 'suggest from older data all the same', false)
    .addOption(configOption())
    .addOption(formatOption('yaml', 'json'))
    .option('--out <file>', 'write it there instead of to stdout')
    .addHelpText('after', `\n${USE}\n\n${EXIT}`)
    .action(async (options: SuggestOptions) => {
      const { runSuggest } = await import('../suggest/run-suggest.ts');
      await runSuggest(io, options);
    });
}
