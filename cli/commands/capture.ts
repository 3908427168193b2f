import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';
import { writeJson } from '../output/json.ts';
import { progressLine } from '../output/progress.ts';
import type { ClusterFlags } from '../pipeline/choose-clusters.ts';
import { reads, type Source, withClusterOptions } from '../pipeline/options.ts';
import type { RecordedBundle } from '../pipeline/record-bundle.ts';

type Options = ClusterFlags & {
  readonly out: string;
  readonly since?: string;
  readonly at?: string;
  readonly append: boolean;
  readonly source: string;
  readonly only?: Source;
  readonly config?: string;
  readonly output: string;
};

/** `meshgraph capture --out F`: a live cluster's metrics and objects in one file. Exit 0 when it is whole, else 2. */
export function register(program: Command, io: Io): void {
  withClusterOptions(
    program
      .command('capture')
      .description('record a live cluster into one file, to be scanned elsewhere: metrics and objects, no secrets')
      .requiredOption('--out <file>', 'the bundle to write')
      .option('--since <instant>', 'record traffic from then on: an instant, or a span before --at (default: 1h)')
      .option('--at <instant>', 'record traffic up to then (default: the newest that is settled)')
      .option('--append', 'add to the bundle: the traffic since its end, and a snapshot of now', false)
      .option(
        '--source <text>',
        'where the data comes from, in words, for whoever reads the bundle',
        'meshgraph capture',
      ),
  )
    .addOption(formatOption('text', 'json'))
    .action((options: Options) => capture(io, options));
}

async function capture(io: Io, options: Options): Promise<void> {
  const { resolve } = await import('node:path');
  const { loadConfiguration } = await import('../configuration.ts');
  const { chooseClusters } = await import('../pipeline/choose-clusters.ts');
  const { connectCluster } = await import('../pipeline/live-cluster.ts');
  const { recordBundle } = await import('../pipeline/record-bundle.ts');
  const { InvalidInputError } = await import('../../shared/domain/errors.ts');
  const { scan, clusters, entityModel } = await loadConfiguration(io, options.config);
  const [cluster, ...others] = chooseClusters({ clusters }, options);
  if (cluster === undefined || others.length > 0) {
    throw new InvalidInputError('a bundle holds one cluster: choose one of the configuration with --cluster');
  }
  const now = io.now();
  const progress = progressLine(io);
  const recorded = await recordBundle(
    connectCluster(io, cluster),
    {
      path: resolve(io.cwd, options.out),
      cluster: cluster.name,
      source: options.source,
      now,
      span: reads(options.only, 'traffic') ? await spanOf(options, now - scan.settling) : undefined,
      objects: reads(options.only, 'cluster'),
      append: options.append,
      labels: cluster.prometheus.labels,
      scan,
      entityModel,
    },
    progress.update,
  ).finally(progress.clear);
  for (const gap of recorded.gaps) io.err(`not recorded: ${gap}\n`);
  if (options.output === 'json') writeJson(io, { file: options.out, ...recorded });
  else io.out(await told(options.out, recorded));
}

async function spanOf(
  { since, at, append }: Options,
  settled: number,
): Promise<{ from: number | undefined; to: number }> {
  const { parseInstant } = await import('../../shared/domain/instant.ts');
  const { InvalidInputError } = await import('../../shared/domain/errors.ts');
  const to = Math.min(at === undefined ? settled : parseInstant(at, settled), settled);
  // A bundle that is appended to says itself where it ends.
  const from = since === undefined && append ? undefined : parseInstant(since ?? '1h', to);
  if (from === undefined || from < to) return { from, to };
  throw new InvalidInputError(`--since ${since} is not before the end of what can be recorded`);
}

async function told(file: string, { header, bytes, added }: RecordedBundle): Promise<string> {
  const { formatInstant } = await import('../../shared/domain/instant.ts');
  const spans = header.spans.map(({ from, to }) => `${formatInstant(from)} to ${formatInstant(to)}`);
  return [
    `${file}: cluster ${header.cluster}, ${(bytes / 1e6).toFixed(1)} MB`,
    `added ${added.series ?? 0} series, ${added.samples ?? 0} runs of samples, ${added.snapshot ?? 0} snapshot of ${added.page ?? 0} pages`,
    `traffic from ${spans.join(', ') || 'no time'}`,
    '',
  ].join('\n');
}
