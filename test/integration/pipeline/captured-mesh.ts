import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCapturedPrometheus } from '../../captured-prometheus.ts';
import type { PrometheusServer } from '../../prometheus-server.ts';
import { type CommandRun, runCommand } from '../../run-command.ts';
import { type RecordedApi, startRecordedApi } from '../kubernetes/recorded-api-server.ts';

/** The recording ends shortly before; the scrapes do at 17:59:38. */
export const END = Date.parse('2026-11-23T18:00:00Z');
export const MINUTE = 60_000;

/** The recorded mesh as a live one: its Prometheus and its API server, and a folder of the test's own. */
export type CapturedMesh = {
  readonly prometheus: PrometheusServer;
  readonly api: RecordedApi;
  readonly folder: string;
  /** Writes the configuration file every command reads; `cluster` and `scan` as YAML flow mappings without braces. */
  readonly configure: (changes?: {
    name?: string;
    prometheus?: string;
    kubernetes?: string;
    scan?: string;
  }) => Promise<void>;
  readonly run: (args: readonly string[], env?: Record<string, string>, now?: number) => Promise<CommandRun>;
  readonly stop: () => Promise<void>;
};

export async function startCapturedMesh(): Promise<CapturedMesh> {
  const folder = await mkdtemp(join(tmpdir(), 'meshgraph-captured-mesh-'));
  const prometheus = await startCapturedPrometheus();
  const api = await startRecordedApi('final');
  const configure: CapturedMesh['configure'] = async (changes = {}) => {
    const {
      name = 'demo',
      prometheus: source = `url: "${prometheus.url}"`,
      kubernetes = `server: "${api.url}", token: {env: TOKEN}`,
      scan = 'settling: 0s, firstScan: 10m',
    } = changes;
    const cluster = `{name: ${name}, kubernetes: {${kubernetes}}, prometheus: {${source}}}`;
    await writeFile(join(folder, 'meshgraph.yaml'), `clusters: [${cluster}]\nscan: {${scan}}\n`);
  };
  await configure();
  return {
    prometheus,
    api,
    folder,
    configure,
    run: (args, env = {}, now = END) =>
      runCommand(args, { cwd: folder, now: () => now, env: { TOKEN: 'test', HOME: folder, ...env } }),
    stop: async () => {
      await prometheus.stop();
      await api.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
