import { type Command, Option } from 'commander';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { TopologyFormat } from '../../shared/domain/topology/renderers.ts';
import type { Io } from '../io.ts';

export type ExportOptions = {
  readonly output: TopologyFormat;
  readonly at?: string;
  readonly since: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly around?: string;
  readonly depth: string;
  readonly withLinkerd: boolean;
  readonly canonical: boolean;
  readonly baseline?: string;
  readonly out?: string;
};

/**
 * `meshgraph export`: who called whom in a period, as text, table, graph file or picture; or the whole graph, canonical; or
 * what the gate judges by.
 */
export function register(program: Command, io: Io): void {
  program
    .command('export')
    .description('write who called whom in a period, as data, diagram or picture')
    .addOption(
      new Option('-o, --output <format>', 'mermaid, dot and graphml for other tools; svg and html to look at')
        .choices(['mermaid', 'dot', 'graphml', 'json', 'csv', 'svg', 'html'])
        .default('mermaid'),
    )
    .option('--at <instant>', 'as of then: 2026-11-23T17:54:00Z, or -2h (default: the newest the graph knows)')
    .option('--since <instant>', 'calls from then on: an instant, or a span before --at', '24h')
    .option('--cluster <name>', 'the cluster to export, where the graph knows several')
    .option('--namespace <name>', 'only what lives there, with its callers and callees')
    .addOption(
      new Option('--around <node>', 'only what is near it: namespace/name, an identity, an external address').conflicts(
        ['namespace', 'canonical'],
      ),
    )
    .addOption(
      new Option('--depth <calls>', 'with --around: how many calls away').choices(['1', '2', '3']).default('1'),
    )
    .option('--with-linkerd', "also Linkerd's own namespaces, which every proxy calls", false)
    .option(
      '--canonical',
      'with -o json: everything observations made of the graph, one JSON line a fact in an order of its own; ' +
        'the SHA-256 of these lines goes to stderr. Equal graphs have equal hashes',
      false,
    )
    .addOption(
      new Option(
        '--baseline <file>',
        'write what `meshgraph gate --against <file>` judges by: objects, and calls of the last 14 days (or --since); ' +
          'gzipped where the name ends in .gz',
      ).conflicts(['output', 'namespace', 'around', 'depth', 'withLinkerd', 'canonical', 'out']),
    )
    .option('--out <file>', 'write there instead of to stdout')
    .action(async (options: ExportOptions, command: Command) => {
      if (options.baseline !== undefined) {
        const { exportBaseline } = await import('../export/export-baseline.ts');
        const isDefault = command.getOptionValueSource('since') === 'default';
        return exportBaseline(io, options.baseline, { ...options, since: isDefault ? undefined : options.since });
      }
      if (options.canonical) {
        if (options.output !== 'json') throw new InvalidInputError('--canonical is written as JSON lines: add -o json');
        const { exportCanonical } = await import('../export/export-canonical.ts');
        return exportCanonical(io, options);
      }
      const { exportTopology } = await import('../export/export-topology.ts');
      return exportTopology(io, options);
    });
}
