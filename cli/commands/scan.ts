import { type Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';
import type { ClusterFlags } from '../pipeline/choose-clusters.ts';
import { type Source, withClusterOptions } from '../pipeline/options.ts';

type Options = ClusterFlags & {
  readonly bundle?: string;
  readonly period?: string;
  readonly watch: boolean;
  readonly at?: string;
  readonly log?: string;
  readonly only?: Source;
  readonly config?: string;
  readonly output: string;
};

/** `meshgraph scan`: reads every source once, or follows. Exit 0 when all is in the graph, 2 when something is not. */
export function register(program: Command, io: Io): void {
  withClusterOptions(
    program
      .command('scan')
      .description('read the configured clusters, or a bundle, into the graph')
      .addOption(
        new Option(
          '--bundle <file>',
          'a file that `meshgraph capture` made, instead of the configured clusters',
        ).conflicts(['cluster', 'prometheus', 'context', 'kubeconfig', 'only']),
      )
      .option('--period <duration>', 'length of a traffic window (default: scan.period of the configuration)')
      .addOption(
        new Option('--watch', 'go on, window after window, until interrupted')
          .default(false)
          .conflicts(['bundle', 'at']),
      )
      .addOption(new Option('--once', 'read once and end, as without --watch').conflicts('watch'))
      .option('--at <instant>', 'as of then: traffic that ended by then; of a bundle also the objects as they were')
      .option('--log <folder>', 'where observations are kept (default: observations in your data directory)'),
  )
    .addOption(formatOption('text', 'json'))
    .action((options: Options) => scan(io, options));
}

async function scan(io: Io, options: Options): Promise<void> {
  const { resolve } = await import('node:path');
  const { parseInstant } = await import('../../shared/domain/instant.ts');
  const { loadConfiguration } = await import('../configuration.ts');
  const { chooseClusters } = await import('../pipeline/choose-clusters.ts');
  const { logDirectory } = await import('../pipeline/log-directory.ts');
  const { runBundleScan, runLiveScan } = await import('../pipeline/run-scan.ts');
  const { scanReport } = await import('../pipeline/scan-report.ts');
  const { clusters, scan: configured, entityModel } = await loadConfiguration(io, options.config);
  const settings = {
    scan: { ...configured, period: await periodOf(options.period, configured.period) },
    entityModel,
    logDirectory: logDirectory(io, options.log),
    report: scanReport(io, options.output, options.watch),
  };
  const at = options.at === undefined ? undefined : parseInstant(options.at, io.now());
  const { bundle, only, watch } = options;
  const clean =
    bundle === undefined
      ? await runLiveScan(io, settings, { clusters: chooseClusters({ clusters }, options), only, at, watch })
      : await runBundleScan(io, settings, {
          path: resolve(io.cwd, bundle),
          shown: bundle,
          until: at ?? Number.POSITIVE_INFINITY,
        });
  const interrupted = io.signal.aborted && !watch;
  if (interrupted) io.err('interrupted: what was read is kept, and the next scan reads the rest\n');
  if (!clean || interrupted) io.exit(2);
}

async function periodOf(flag: string | undefined, configured: number): Promise<number> {
  if (flag === undefined) return configured;
  const { parseDuration } = await import('../../shared/domain/duration.ts');
  const { InvalidInputError } = await import('../../shared/domain/errors.ts');
  const period = parseDuration(flag);
  if (period > 0 && 3_600_000 % period === 0) return period;
  throw new InvalidInputError(`--period takes a duration that divides an hour, like 1m, 5m or 15m, not ${flag}`);
}
