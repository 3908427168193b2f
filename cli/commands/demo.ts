import type { Command } from 'commander';
import type { DemoOptions } from '../demo/run-demo.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';

/** `meshgraph demo`: a recorded real mesh in a Neo4j of its own. Exit 0 whatever the checks find in it. */
export function register(program: Command, io: Io): void {
  program
    .command('demo')
    .description('show a recorded real mesh in a local Neo4j of its own: findings, answers, pictures')
    .option('--once', 'end when all is shown, instead of leaving the graph there until Ctrl-C', false)
    .option('--home <folder>', 'where the demo keeps its graph and writes its pictures (default: your data directory)')
    .addOption(formatOption('text', 'json'))
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo(io, options);
    });
}
