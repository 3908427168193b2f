import type { Command } from 'commander';
import { configOption } from '../configuration.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';
import { writeJson } from '../output/json.ts';
import { progressLine } from '../output/progress.ts';

type Options = { readonly check?: boolean; readonly config?: string; readonly output: string };

/** `meshgraph deploy --check`: can all that a deployment needs be reached? Exit 0, or 2 when something cannot. */
export function register(program: Command, io: Io): void {
  program
    .command('deploy')
    .description('check that all a deployed meshgraph needs can be reached: AWS, clusters, Prometheus, graph, alerts')
    .option('--check', 'try everything, change nothing; deploying itself is "npx cdk deploy" (docs/deploy.md)')
    .addOption(configOption())
    .addOption(formatOption('text', 'json'))
    .action((options: Options) => deploy(io, options));
}

async function deploy(io: Io, { check, config, output }: Options): Promise<void> {
  const { InvalidInputError } = await import('../../shared/domain/errors.ts');
  if (check !== true) {
    throw new InvalidInputError(
      'meshgraph deploys with "npx cdk deploy" (docs/deploy.md); this command only takes --check',
    );
  }
  const { loadConfiguration } = await import('../configuration.ts');
  const { checkDeployment, exitCodeOf } = await import('../deploy/check-deployment.ts');
  const { renderProbes } = await import('../deploy/render-probes.ts');
  const progress = progressLine(io);
  const configuration = await loadConfiguration(io, config);
  const groups = await checkDeployment(io, configuration, progress.update).finally(progress.clear);
  if (output === 'json') writeJson(io, { exitCode: exitCodeOf(groups), groups });
  else io.out(renderProbes(io, groups));
  io.exit(exitCodeOf(groups));
}
