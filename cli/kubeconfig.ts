import { existsSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { delimiter, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import type { KubernetesAccess } from '../shared/adapters/kubernetes-fetch.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type KubeconfigChoice = {
  /** A kubeconfig file; otherwise KUBECONFIG, ~/.kube/config, or the pod's own ServiceAccount, as kubectl does. */
  readonly file?: string | undefined;
  /** A context of it; otherwise its current one. */
  readonly context?: string | undefined;
};

/** How to reach the cluster of a kubeconfig context. Exec plugins run when a request needs a fresh token. */
export function kubeconfigAccess(env: Environment, { file, context }: KubeconfigChoice = {}): KubernetesAccess {
  const { config, source } = load(env, file);
  if (context !== undefined) config.setCurrentContext(context);
  requireContext(config, source);
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    throw new InvalidInputError(
      `context "${config.getCurrentContext()}" of ${source} names a cluster that is not in the file`,
    );
  }
  if (cluster.server.startsWith('http:') && !cluster.skipTLSVerify) {
    throw new InvalidInputError(
      `context "${config.getCurrentContext()}" of ${source} would send its credentials in the clear to ${cluster.server}: ` +
        'give an https:// server, or set insecure-skip-tls-verify: true for a proxy on this machine',
    );
  }
  return { server: cluster.server, credentials: () => credentials(config) };
}

function load(env: Environment, file: string | undefined): { config: KubeConfig; source: string } {
  const named = file === undefined ? env.KUBECONFIG : file;
  const home = join(env.HOME ?? env.USERPROFILE ?? '', '.kube', 'config');
  const files = named ? named.split(file === undefined ? delimiter : /$/).filter(Boolean) : [home];
  const config = new KubeConfig();
  const present = files.filter((path) => existsSync(path));
  if (present.length > 0) {
    for (const path of present) merge(config, path);
    return { config, source: present.join(' and ') };
  }
  if (named === undefined && env.KUBERNETES_SERVICE_HOST) {
    config.loadFromCluster();
    return { config, source: 'the ServiceAccount of this pod' };
  }
  throw new InvalidInputError(
    `no kubeconfig at ${files.join(' or ')}: name one with KUBECONFIG or the cluster's kubeconfig setting`,
  );
}

function merge(config: KubeConfig, path: string): void {
  const part = new KubeConfig();
  try {
    part.loadFromFile(path);
    // Of two entries of one name the first file's counts, as for kubectl; mergeConfig would refuse them.
    part.clusters = part.clusters.filter(({ name }) => !config.getCluster(name));
    part.users = part.users.filter(({ name }) => !config.getUser(name));
    part.contexts = part.contexts.filter(({ name }) => !config.getContextObject(name));
    config.mergeConfig(part, config.getCurrentContext() !== undefined);
  } catch (cause) {
    // Further lines would quote the file, and with it tokens.
    const [words] = (cause as Error).message.split('\n');
    throw new InvalidInputError(`${path} is not a kubeconfig: ${words}`, { cause });
  }
}

function requireContext(config: KubeConfig, source: string): void {
  const wanted = config.getCurrentContext();
  if (wanted && config.getContextObject(wanted)) return;
  const names = config.getContexts().map(({ name }) => name);
  const there = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
  throw new InvalidInputError(
    wanted ? `no context "${wanted}" in ${source}: ${there}` : `${source} has no current context: name one; ${there}`,
  );
}

async function credentials(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
    return options;
  } catch (cause) {
    const user = config.getCurrentUser();
    const command = user?.exec?.command;
    const by = command ? `the login command "${command}" of user ${user.name}` : `user ${user?.name ?? '(none)'}`;
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = command && code === 'ENOENT' ? 'it is not installed, or not on the PATH' : message.trim();
    throw new ForbiddenError(`no credentials from ${by}: ${why}`, { cause });
  }
}
