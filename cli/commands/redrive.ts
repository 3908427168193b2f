import type { Command } from 'commander';
import { configOption } from '../configuration.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';
import { writeJson } from '../output/json.ts';
import { progressLine } from '../output/progress.ts';

type Options = {
  readonly queue?: string;
  readonly stack?: string;
  readonly region?: string;
  readonly list: boolean;
  readonly config?: string;
  readonly output: string;
};

/** `meshgraph redrive`: exit 0 when all that was set aside is on its way again (or was only listed), else 2. */
export function register(program: Command, io: Io): void {
  program
    .command('redrive')
    .description('send the dead letters of a deployed stack back to the queues they came from')
    .option('--queue <name>', 'only this one, like observations (default: all)')
    .option('--list', 'only tell what there is', false)
    .option('--stack <name>', 'the deployed stack (default: aws.stackName of the configuration)')
    .option('--region <region>', 'where it is deployed (default: aws.region of the configuration, then AWS_REGION)')
    .addOption(configOption())
    .addOption(formatOption('table', 'json'))
    .action((options: Options) => run(io, options));
}

async function run(io: Io, { queue, list, output, ...place }: Options): Promise<void> {
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  const { deadLetterQueues } = await import('../../shared/adapters/aws-sqs-dead-letters.ts');
  const { AWS_CLIENT } = await import('../../shared/domain/aws-client.ts');
  const { loadConfiguration } = await import('../configuration.ts');
  const { redrive } = await import('../redrive/redrive.ts');
  const { renderRedriven } = await import('../redrive/render-redriven.ts');
  const { aws } = await loadConfiguration(io, place.config);
  const stack = place.stack ?? aws.stackName;
  const region = place.region ?? aws.region;
  const queues = deadLetterQueues(stack, new SQSClient({ ...AWS_CLIENT, ...(region !== undefined && { region }) }));
  const progress = progressLine(io);
  const redriven = await redrive(queues, { stack, queue, list }, progress.update).finally(progress.clear);
  if (output === 'json') writeJson(io, { stack, queues: redriven });
  else io.out(renderRedriven(io, redriven));
}
