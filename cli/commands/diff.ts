import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';

type Options = {
  readonly from: string;
  readonly to?: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly owner?: string;
  readonly quiet?: string;
  readonly output: string;
};

/** `meshgraph diff`: what appeared, vanished or changed between two instants. The question `changes`, by its two ends. */
export function register(program: Command, io: Io): void {
  program
    .command('diff')
    .description('tell what appeared, vanished or changed between two instants')
    .requiredOption('--from <instant>', 'after then: 2026-11-23T17:54:00Z, or a span before --to')
    .option('--to <instant>', 'up to then: an instant, or -2h (default: the newest the graph knows)')
    .option('--cluster <name>', 'the cluster asked about, where the graph knows several')
    .option('--namespace <name>', 'only what lives there, or has its other end there')
    .option('--owner <team>', 'only what that team owns, itself or by its namespace')
    .option('--quiet <duration>', 'how long nothing must have been seen of a pair for its call to be its last')
    .addOption(formatOption('table', 'json', 'csv', 'markdown', 'mermaid'))
    .action(async ({ output, ...asked }: Options) => {
      const { withReader } = await import('../with-reader.ts');
      const { writeDiff } = await import('../ask/write-diff.ts');
      writeDiff(io, await withReader(io, (reader) => reader.readDiff(asked)), output);
    });
}
