import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrometheusServer, startPrometheus } from './prometheus-server.ts';

/** A real Prometheus on the blocks of the recorded one (test/fixtures/capture). `blocks` unpacks another archive. */
export async function startCapturedPrometheus(
  blocks = join(import.meta.dirname, 'fixtures/capture/tsdb-blocks.tar.gz'),
  flags: string[] = [],
): Promise<PrometheusServer> {
  const tsdb = await mkdtemp(join(tmpdir(), 'meshgraph-captured-'));
  execFileSync('tar', ['xf', blocks, '-C', tsdb]);
  const server = await startPrometheus({ tsdb, flags });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await rm(tsdb, { recursive: true, force: true });
    },
  };
}
