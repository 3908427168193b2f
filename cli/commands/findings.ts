import { type Command, Option } from 'commander';
import type { Severity } from '../../shared/checks/check.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';

export type ListOptions = {
  readonly state: 'open' | 'accepted' | 'resolved' | 'all';
  readonly severity?: Severity;
  readonly check?: string;
  readonly cluster?: string;
  readonly output: string;
};

export type AcceptOptions = {
  readonly reason: string;
  readonly until: string;
  readonly cluster?: string;
  readonly output: string;
};

/** `meshgraph findings`: those that evaluations recorded, and their life. `findings accept` ends one for a while. */
export function register(program: Command, io: Io): void {
  const findings = program
    .command('findings')
    .description('list the findings that evaluations recorded, or accept one')
    .addOption(
      new Option('--state <state>', 'only in this state')
        .choices(['open', 'accepted', 'resolved', 'all'])
        .default('open'),
    )
    .addOption(
      new Option('--severity <severity>', 'only of this one or graver').choices([
        'critical',
        'high',
        'medium',
        'low',
        'info',
      ]),
    )
    .option('--check <id>', 'only of this check')
    .option('--cluster <name>', 'only of this cluster')
    .addOption(formatOption('table', 'json'))
    .action(async (options: ListOptions) => {
      const { listFindings } = await import('../findings/list-findings.ts');
      await listFindings(io, options);
    });
  findings
    .command('accept')
    .description('accept a finding until a day, whatever evaluations find')
    .argument('<id>', 'its id, as the list tells it')
    .requiredOption('--reason <text>', 'why this is acceptable, for whoever reads it next year')
    .requiredOption('--until <day>', 'the last day (UTC) it holds, like 2027-03-31')
    .option('--cluster <name>', 'the cluster meant, where several have it')
    .addOption(formatOption('table', 'json'))
    .action(async (id: string, _: AcceptOptions, command: Command) => {
      const { acceptFinding } = await import('../findings/accept-finding.ts');
      // --cluster and --output are the list's flags too, and commander gives them to whichever comes first.
      await acceptFinding(io, id, command.optsWithGlobals<AcceptOptions>());
    });
}
