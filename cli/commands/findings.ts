import { type Command, Option } from 'commander';
import { SEVERITIES, type Severity } from '../../shared/checks/check.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';

export type ListOptions = {
  readonly state: 'open' | 'accepted' | 'resolved' | 'all';
  readonly severity?: Severity;
  readonly check?: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly owner?: string;
  readonly limit?: string;
  readonly output: string;
};

export type OneOptions = { readonly cluster?: string; readonly output: string };
export type ReopenOptions = OneOptions & { readonly reason: string };
export type AcceptOptions = ReopenOptions & { readonly until: string };

/** `meshgraph findings`: those that evaluations recorded, and their life. `accept` ends one for a while, `reopen` that. */
export function register(program: Command, io: Io): void {
  const findings = program
    .command('findings')
    .description('list the findings that evaluations recorded, show the life of one, accept or reopen it')
    .addOption(
      new Option('--state <state>', 'only in this state')
        .choices(['open', 'accepted', 'resolved', 'all'])
        .default('open'),
    )
    .addOption(new Option('--severity <severity>', 'only of this one or graver').choices([...SEVERITIES]))
    .option('--check <id>', 'only of this check')
    .option('--cluster <name>', 'only of this cluster')
    .option('--namespace <name>', 'only about something in this namespace')
    .option('--owner <name>', 'only about something of this owner, as the entity model says it')
    .option('--limit <n>', 'at most so many, newest opened first (default: 200 in a table, else all)')
    .addOption(formatOption('table', 'short', 'json', 'sarif', 'junit'))
    .action(async (options: ListOptions, command: Command) => {
      const { listFindings } = await import('../findings/list-findings.ts');
      await listFindings(io, options, command.parent?.version() ?? '0');
    });
  // --cluster and --output are the list's flags too, and commander gives them to whichever comes first.
  one(findings, 'show', 'show one finding: since when, its history with who and why, its evidence').action(
    async (id: string, _: OneOptions, command: Command) => {
      const { showFinding } = await import('../findings/show-finding.ts');
      await showFinding(io, id, optionsOfOne<OneOptions>(command));
    },
  );
  one(findings, 'accept', 'accept a finding until a day, whatever evaluations find')
    .requiredOption('--reason <text>', 'why this is acceptable, for whoever reads it next year')
    .requiredOption('--until <day>', 'the last day (UTC) it holds, like 2027-03-31')
    .action(async (id: string, _: AcceptOptions, command: Command) => {
      const { acceptFinding } = await import('../findings/accept-finding.ts');
      await acceptFinding(io, id, optionsOfOne<AcceptOptions>(command));
    });
  one(findings, 'reopen', 'end the acceptance of a finding before its day')
    .requiredOption('--reason <text>', 'why it is not acceptable any more')
    .action(async (id: string, _: ReopenOptions, command: Command) => {
      const { reopenFinding } = await import('../findings/reopen-finding.ts');
      await reopenFinding(io, id, optionsOfOne<ReopenOptions>(command));
    });
}

const one = (findings: Command, name: string, does: string): Command =>
  findings
    .command(name)
    .description(does)
    .argument('<id>', 'its id, as the list tells it')
    .option('--cluster <name>', 'the cluster meant, where several have it')
    .addOption(formatOption('table', 'json'));

/** The list prints more ways than one finding, and its flag takes whatever comes after the name of the other command. */
function optionsOfOne<Options extends OneOptions>(command: Command): Options {
  const options = command.optsWithGlobals<Options>();
  if (options.output === 'table' || options.output === 'json') return options;
  throw new InvalidInputError(`findings ${command.name()} prints a table or json, not ${options.output}`);
}
