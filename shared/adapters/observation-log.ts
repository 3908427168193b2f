import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { ContractError, InvalidInputError, MeshgraphError } from '../domain/errors.ts';
import { type ClusterObservation, type Observation, observation } from '../domain/observation.ts';
import { readingDigest } from '../domain/observation-key.ts';
import type { Window } from '../domain/window.ts';

/**
 * The observations of clusters, kept as files: <dir>/<cluster>/<source>/<instant>-<digest>.json.gz, the digest over id
 * and time of reading, so that every reading is kept, and once. The graph is made of them and can be made of them again. Beside
 * a file the graph has yet to take stands an empty one that ends in `.pending`.
 */
export type ObservationLog = {
  /**
   * Keeps an observation as pending and gives back what the graph is to take: the observation as the log reads it, or
   * the one that was kept for the same reading before.
   */
  readonly keep: (observation: Observation) => Promise<Kept>;
  /** What no graph has taken yet, in order of time. */
  readonly pending: (cluster: string) => AsyncGenerator<Kept>;
  /** Everything, of one cluster or of all, in order of time. */
  readonly read: (cluster?: string) => AsyncGenerator<Observation>;
  /** The traffic windows that are kept and end after an instant, and the oldest and newest of all. */
  readonly windows: (cluster: string, after: number) => Promise<Window[]>;
  readonly newestCluster: (cluster: string) => Promise<ClusterObservation | undefined>;
};

/** `delivered` notes that the graph has it. */
export type Kept = { readonly observation: Observation; readonly delivered: () => Promise<void> };

const SOURCES = ['cluster', 'certificates', 'traffic'] as const;
const FILE = '.json.gz';
const PENDING = '.pending';
const zip = promisify(gzip);
const unzip = promisify(gunzip);

export function observationLog(dir: string): ObservationLog {
  return {
    keep: async (made) => {
      const folder = join(dir, made.cluster, made.source);
      const path = join(folder, await nameOf(made));
      try {
        await mkdir(folder, { recursive: true });
        await replace(path + PENDING, '');
        if ((await load(path)) === undefined) await replace(path + FILE, await zip(JSON.stringify(made)));
      } catch (cause) {
        if (cause instanceof MeshgraphError) throw cause;
        const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
        throw new InvalidInputError(`the observation log ${dir} cannot be written (${why})`, { cause });
      }
      return { observation: (await load(path)) as Observation, delivered: () => forget(path) };
    },
    async *pending(cluster) {
      for await (const { path, kept } of inOrder(dir, [cluster], PENDING)) {
        yield { observation: kept, delivered: () => forget(path) };
      }
    },
    async *read(cluster) {
      for await (const { kept } of inOrder(dir, cluster === undefined ? await names(dir) : [cluster], FILE)) yield kept;
    },
    windows: async (cluster, after) => {
      const kept = await files(join(dir, cluster, 'traffic'), FILE);
      const windows: Window[] = [];
      for (const { path } of kept.filter(({ instant }, i) => instant > after || i === 0 || i === kept.length - 1)) {
        const found = await load(path);
        if (found?.source === 'traffic') windows.push(found.window);
      }
      return windows;
    },
    newestCluster: async (cluster) => {
      const newest = (await files(join(dir, cluster, 'cluster'), FILE)).at(-1);
      return newest === undefined ? undefined : ((await load(newest.path)) as ClusterObservation);
    },
  };
}

/** The instant in thirteen digits, so that the order of names is the order of time until the year 2286. */
const nameOf = async (made: Observation): Promise<string> =>
  `${String(made.at).padStart(13, '0')}-${await readingDigest(made)}`;

const forget = (path: string): Promise<void> => rm(path + PENDING, { force: true });

async function replace(path: string, content: string | Buffer): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  await writeFile(draft, content);
  await rename(draft, path);
}

async function* inOrder(
  dir: string,
  clusters: readonly string[],
  ending: string,
): AsyncGenerator<{ readonly path: string; readonly kept: Observation }> {
  const found = (
    await Promise.all(clusters.flatMap((cluster) => SOURCES.map((source) => files(join(dir, cluster, source), ending))))
  ).flat();
  // A stable sort: of one instant the objects come before the traffic, in the order of SOURCES.
  for (const { path } of found.sort((a, b) => a.instant - b.instant)) {
    const kept = await load(path);
    if (kept !== undefined) yield { path, kept };
  }
}

type Named = { readonly instant: number; readonly path: string };

async function files(folder: string, ending: string): Promise<Named[]> {
  return (await names(folder))
    .filter((name) => name.endsWith(ending) && /^\d{13,}-/.test(name))
    .sort()
    .map((name) => ({ instant: Number.parseInt(name, 10), path: join(folder, name.slice(0, name.indexOf('.'))) }));
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new InvalidInputError(`the observation log ${folder} cannot be read (${error.code})`, { cause: error });
  });
}

async function load(path: string): Promise<Observation | undefined> {
  const zipped = await readFile(path + FILE).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new InvalidInputError(`the observation ${path}${FILE} cannot be read (${error.code})`, { cause: error });
  });
  if (zipped === undefined) return undefined;
  try {
    return observation.parse(JSON.parse((await unzip(zipped)).toString('utf8')));
  } catch (cause) {
    throw new ContractError(
      `${path}${FILE} is no whole observation: move it out of the log, or put back a good copy, then try again`,
      { cause },
    );
  }
}
