import { type Command, Option } from 'commander';
import type { Severity } from '../../shared/checks/check.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';

export type ReportOptions = {
  readonly at?: string;
  readonly since: string;
  readonly cluster?: string;
  readonly out?: string;
  readonly failOn: Severity;
  readonly staleAfter: string;
  readonly allowStale: boolean;
  readonly checks?: string;
  readonly config?: string;
  readonly output: string;
};

/** `meshgraph report`: what the checks show of the controls of SOC 2, ISO 27001, PCI DSS and others, for auditors. */
export function register(program: Command, io: Io): void {
  program
    .command('report')
    .description('write an evidence report for auditors: each control, its checks, what they looked at and found')
    .option('--at <instant>', 'judge as of then: 2026-11-23T17:54:00Z, or -2h (default: now)')
    .option('--since <instant>', 'judge traffic from then on: an instant, or a span before --at', '30d')
    .option('--cluster <name>', 'only this cluster (default: every cluster the graph knows)')
    .option('--out <file>', 'write it there (default: stdout)')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 on findings at or over it')
        .choices(['critical', 'high', 'medium', 'low', 'info'])
        .default('high'),
    )
    .option('--stale-after <duration>', 'scans older than this, seen from --at, cannot be judged on', '15m')
    .option('--allow-stale', 'judge on older or partly read scans all the same', false)
    .option('--checks <dir>', 'checks of your own beside the built-in ones (default: ownChecks of the configuration)')
    .option('--config <file>', 'configuration file')
    .addOption(formatOption('html', 'markdown', 'json'))
    .action(async (options: ReportOptions) => {
      const { runReport } = await import('../report/run-report.ts');
      await runReport(io, options);
    });
}
