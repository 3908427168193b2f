import type { Command } from 'commander';
import { configOption } from '../configuration.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';
import { writeJson } from '../output/json.ts';

type Options = {
  readonly config?: string;
  readonly cluster?: string;
  readonly principal: readonly string[];
  readonly serviceAccount?: string;
  readonly linkerdNamespace: string;
  readonly apiServerNetwork: readonly string[];
  readonly output: string;
};

/** `meshgraph rbac [--cluster N]`: what reading a cluster takes, to be piped to kubectl. Exit 0, or 2 for bad input. */
export function register(program: Command, io: Io): void {
  program
    .command('rbac')
    .description('print the least roles that reading a configured cluster takes: meshgraph rbac | kubectl apply -f -')
    .addOption(configOption())
    .option('--cluster <name>', 'a configured cluster; needed where there are several')
    .option('--principal <arn...>', 'roles of AWS to let in (default: those of the deployed readers)', [])
    .option('--service-account <namespace/name>', 'bind to a ServiceAccount instead of a group')
    .option('--linkerd-namespace <name>', 'where the control plane is', 'linkerd')
    .option('--api-server-network <cidr...>', 'addresses the API server calls from: adds the Linkerd policy', [])
    .addOption(formatOption('yaml', 'json'))
    .action((options: Options) => printRoles(io, options));
}

async function printRoles(io: Io, options: Options): Promise<void> {
  const { loadConfiguration } = await import('../configuration.ts');
  const { chooseCluster } = await import('../rbac/choose-cluster.ts');
  const { rolesFor } = await import('../rbac/roles-for.ts');
  const configuration = await loadConfiguration(io, options.config);
  const cluster = chooseCluster(configuration, options.cluster);
  const roles = rolesFor(cluster, configuration, options);
  if (options.output === 'json') return writeJson(io, { cluster: cluster.name, ...roles });
  const { renderRoles } = await import('../rbac/render-roles.ts');
  io.out(renderRoles(cluster.name, roles));
}
