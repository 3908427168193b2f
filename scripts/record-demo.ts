/**
 * Makes demo/recorded-mesh.bundle.gz with `meshgraph capture`, from a recording of a real mesh: a real Prometheus on its
 * TSDB blocks, and its recorded API answers over HTTP, each appended at the instant it was recorded.
 * Usage: npm run record-demo -- <folder of the recording>. See demo/README.md.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formatInstant } from '../shared/domain/instant.ts';
import { startCapturedPrometheus } from '../test/captured-prometheus.ts';
import { startRecordedApi } from '../test/integration/kubernetes/recorded-api-server.ts';
import { recordedAnswers } from '../test/recorded-objects.ts';
import { runCommand } from '../test/run-command.ts';

const SOURCE =
  'A real mesh of Linkerd edge-26.8.3 with proxy v2.366.0, recorded on 2026-11-23: emojivoto, a bookshop, an unmeshed ' +
  'namespace and an intruder. Objects of linkerd and linkerd-viz come from its Apache-2.0 charts, as the API server returned them.';
/** Whole minutes around all samples. */
const BEGIN = Date.parse('2026-11-23T17:49:00Z');
const END = Date.parse('2026-11-23T18:00:00Z');
const SNAPSHOTS = ['t210', 't330', 'final'];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run record-demo -- <folder of the recording>');
const recording = resolve(folder);
const bundle = join(import.meta.dirname, '../demo/recorded-mesh.bundle.gz');
const work = await mkdtemp(join(tmpdir(), 'meshgraph-record-demo-'));
const prometheus = await startCapturedPrometheus(join(recording, 'prom/tsdb-blocks.tar.xz'));
try {
  await rm(bundle, { force: true });
  for (const [i, name] of SNAPSHOTS.entries()) {
    const kube = join(recording, 'kube', name) as `/${string}`;
    const api = await startRecordedApi(recordedAnswers(kube));
    const recorded = JSON.parse(await readFile(join(kube, 'index.json'), 'utf8')) as { time: number };
    const at = Math.round(recorded.time * 1000);
    await record(at, api.url, i === 0 ? ['--since', formatInstant(BEGIN)] : ['--append']);
    await api.stop();
  }
  // The last windows end after the last snapshot; nothing was counted any more by then.
  await record(END, 'http://127.0.0.1:9', ['--append', '--only', 'traffic']);
} finally {
  await prometheus.stop();
  await rm(work, { recursive: true, force: true });
}

async function record(now: number, server: string, flags: string[]): Promise<void> {
  const config = join(work, 'meshgraph.yaml');
  await writeFile(
    config,
    `clusters: [{name: demo, kubernetes: {server: "${server}", token: {env: TOKEN}}, prometheus: {url: "${prometheus.url}"}}]\nscan: {settling: 0s}\n`,
  );
  const { out, err, code } = await runCommand(
    ['capture', '--config', config, '--out', bundle, '--source', SOURCE, ...flags],
    { env: { TOKEN: 'recorded' }, cwd: work, now: () => now },
  );
  process.stdout.write(out);
  process.stderr.write(err);
  if (code !== 0) throw new Error('the bundle could not be recorded: the reason is above');
}
