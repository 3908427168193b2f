import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { vi } from 'vitest';
import { observationStore } from '../../shared/adapters/observation-store.ts';
import { canonicalGraph } from '../../shared/graph/canonical/canonical-graph.ts';
import { type GraphAccess, openGraph } from '../../shared/graph/connection.ts';
import { type CommandRun, runCommand } from '../run-command.ts';
import type { Stack } from './stack.ts';

/** A command of meshgraph on the laptop, against a graph and, where it reads clusters, the same as the stack reads. */
export async function onLaptop(
  { laptop }: Stack,
  { uri, username, password }: GraphAccess,
  args: readonly string[],
  now: () => number = Date.now,
): Promise<CommandRun> {
  const env = { ...laptop.env, NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
  return runCommand(args, { env, now, cwd: laptop.folder });
}

/**
 * Scans on the laptop what the stack read of a cluster: each of its readings, by the clock of that reading, since a scan
 * notes when it was made. Rejects with what the command said where a scan was not clean.
 */
export async function scanOnLaptop(stack: Stack, graph: GraphAccess, cluster: string): Promise<void> {
  const store = observationStore(stack.bucket, stack.s3);
  const { file, folder } = stack.laptop;
  const flags = ['--config', file, '--cluster', cluster, '--log', join(folder, 'observations')];
  for (const key of await store.keysInOrder(cluster)) {
    const { source, at, readAt } = await store.read(key);
    const requests = () => stack.recorded.now?.requests.length;
    const before = requests();
    // A reading of objects has two instants: before anything was asked and after all was answered.
    const now = () => (source === 'cluster' && requests() === before ? at : readAt);
    const until = source === 'traffic' ? ['--at', new Date(at).toISOString()] : [];
    const { code, err } = await onLaptop(stack, graph, ['scan', '--only', source, ...until, ...flags], now);
    if (code !== 0) throw new Error(`the laptop could not scan ${key}: ${err}`);
  }
}

/** What a graph says of a cluster, as canonical lines (shared/graph/canonical). */
export async function canonicalLines(access: GraphAccess, cluster: string): Promise<string[]> {
  const graph = openGraph(access);
  try {
    const lines: string[] = [];
    for await (const line of canonicalGraph(graph, { cluster })) lines.push(line);
    return lines;
  } finally {
    await graph.close();
  }
}

/** A command of meshgraph that asks AWS, as the owner of the account. */
export async function onDeployed({ aws, laptop }: Stack, args: readonly string[]): Promise<CommandRun> {
  setDefaultCACertificates([...getCACertificates(), aws.ca]);
  const { accessKeyId, secretAccessKey } = aws.credentials;
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('AWS_REGION', aws.region);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  try {
    return await runCommand(args, { cwd: laptop.folder });
  } finally {
    vi.unstubAllEnvs();
  }
}
