import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '..', '.cache');

export type PrometheusBinaries = { readonly prometheus: string; readonly promtool: string };

/**
 * Absolute paths (or names on PATH) of a Prometheus server and its promtool that start on this machine. In this order:
 * `PROMETHEUS_BIN` and `PROMTOOL_BIN`, PATH, `.cache/prometheus`, Debian's package unpacked there: nothing is installed
 * system-wide and no service starts. Throws one sentence that says what to install where none of these works.
 */
export async function prometheusBinaries(): Promise<PrometheusBinaries> {
  const { PROMETHEUS_BIN: prometheus = 'prometheus', PROMTOOL_BIN: promtool = 'promtool' } = process.env;
  if (await starts({ prometheus, promtool })) return { prometheus, promtool };
  const unpacked = binariesIn(join(cache, 'prometheus'));
  if (!(await starts(unpacked))) await unpackDebianPackage(join(cache, 'prometheus'));
  if (await starts(unpacked)) return unpacked;
  throw new Error(
    'the tests need Prometheus 2.40 or newer: put prometheus and promtool on PATH, or name them in PROMETHEUS_BIN and PROMTOOL_BIN',
  );
}

const binariesIn = (folder: string): PrometheusBinaries => ({
  prometheus: join(folder, 'usr/bin/prometheus'),
  promtool: join(folder, 'usr/bin/promtool'),
});

/** True when both run: a binary whose shared libraries are missing counts as absent. */
async function starts({ prometheus, promtool }: PrometheusBinaries): Promise<boolean> {
  const versions = await Promise.allSettled([run(prometheus, ['--version']), run(promtool, ['--version'])]);
  return versions.every((version) => version.status === 'fulfilled');
}

/** Test workers may do this at the same time, so each unpacks into a folder of its own and the first rename wins. */
async function unpackDebianPackage(target: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'prometheus-'));
  try {
    await download(work);
    const archive = (await readdir(work)).find((name) => name.endsWith('.deb'));
    await run('dpkg', ['-x', join(work, archive ?? ''), join(work, 'root')]);
    await rename(join(work, 'root'), target);
  } catch (cause) {
    if (await starts(binariesIn(target))) return;
    throw new Error(
      "Prometheus is not on PATH and Debian's package could not be fetched with apt-get; install it, or set PROMETHEUS_BIN and PROMTOOL_BIN",
      { cause },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** `apt-get download` needs package lists that a fresh machine lacks and an old one has outdated. */
async function download(cwd: string): Promise<void> {
  try {
    await run('apt-get', ['download', 'prometheus'], { cwd });
  } catch {
    await run('apt-get', ['update'], { cwd });
    await run('apt-get', ['download', 'prometheus'], { cwd });
  }
}

if (import.meta.main) {
  const { prometheus, promtool } = await prometheusBinaries();
  process.stdout.write(`prometheus: ${prometheus}\npromtool: ${promtool}\n`);
}
