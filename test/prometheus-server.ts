import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prometheusBinaries } from './prometheus.ts';

export type PrometheusServer = { readonly url: string; readonly stop: () => Promise<void> };

/** A real Prometheus on a free loopback port, on `tsdb` (which it may change) or an empty directory of its own. */
export async function startPrometheus(options: { tsdb?: string; flags?: string[] } = {}): Promise<PrometheusServer> {
  const { prometheus } = await prometheusBinaries();
  const home = await mkdtemp(join(tmpdir(), 'meshgraph-prometheus-'));
  const config = join(home, 'prometheus.yml');
  await writeFile(config, 'global: {}\n');
  const port = await freePort();
  const server = spawn(
    prometheus,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${options.tsdb ?? join(home, 'tsdb')}`,
      '--storage.tsdb.retention.time=100y',
      '--web.enable-remote-write-receiver',
      `--web.listen-address=127.0.0.1:${port}`,
      ...(options.flags ?? []),
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) break;
    const ready = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (ready?.ok) return { url, stop };
    await sleep(100);
  }
  await stop();
  throw new Error('Prometheus did not become ready in 20 s');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
