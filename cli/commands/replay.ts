import { type Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';
import { writeJson } from '../output/json.ts';
import { progressLine } from '../output/progress.ts';

type Options = {
  readonly log?: string;
  readonly bucket?: string;
  readonly region?: string;
  readonly cluster?: string;
  readonly output: string;
};

/** `meshgraph replay`: empties the graph and rebuilds it from the log of observations. */
export function register(program: Command, io: Io): void {
  program
    .command('replay')
    .description('empty the graph and rebuild it from the log of observations')
    .addOption(
      new Option(
        '--log <folder>',
        'where observations are kept (default: observations in your data directory)',
      ).conflicts('bucket'),
    )
    .option('--bucket <name>', 'the bucket of a deployed meshgraph, instead of a folder')
    .option('--region <region>', 'where the bucket is (default: AWS_REGION)')
    .option('--cluster <name>', 'only this cluster (default: every cluster the log holds)')
    .addOption(formatOption('text', 'json'))
    .action((options: Options) => replay(io, options));
}

async function replay(io: Io, { log, bucket, region, cluster, output }: Options): Promise<void> {
  const { logDirectory } = await import('../pipeline/log-directory.ts');
  const { replayLog } = await import('../pipeline/replay-log.ts');
  const { bucketLog, directoryLog } = await import('../pipeline/replayable-log.ts');
  const progress = progressLine(io);
  const kept = bucket === undefined ? await directoryLog(logDirectory(io, log)) : await bucketLog(bucket, region);
  const replayed = await replayLog(io, kept, cluster, progress.update).finally(progress.clear);
  if (output === 'json') return writeJson(io, { clusters: replayed });
  for (const { name, observations } of replayed) io.out(`${name}: rebuilt from ${observations} observations\n`);
}
