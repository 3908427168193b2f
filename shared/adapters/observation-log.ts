import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { ContractError, InvalidInputError } from '../domain/errors.ts';
import { type ClusterObservation, type Observation, observation } from '../domain/observation.ts';
import type { Window } from '../domain/window.ts';

/**
 * The observations of clusters, kept as files: <dir>/<cluster>/<source>/<instant>-<digest of the id>.json.gz. The graph
 * is made of them and can be made of them again. Beside a file the graph has yet to take stands an empty one, <same name>.<readAt>.pending.
 */
export type ObservationLog = {
  /** Keeps an observation as pending. Of two readings with one id the later one stays: that one is returned. */
  readonly keep: (observation: Observation) => Promise<Observation>;
  /** The graph has it. */
  readonly delivered: (observation: Observation) => Promise<void>;
  /** What no graph has taken yet, in order of time. */
  readonly pending: (cluster: string) => AsyncGenerator<Observation>;
  /** Everything, of one cluster or of all, in order of time. */
  readonly read: (cluster?: string) => AsyncGenerator<Observation>;
  /** The traffic windows that are kept and end after an instant, and the newest of all. */
  readonly windows: (cluster: string, after: number) => Promise<Window[]>;
  readonly newestCluster: (cluster: string) => Promise<ClusterObservation | undefined>;
};

const SOURCES = ['cluster', 'certificates', 'traffic'] as const;
const FILE = '.json.gz';
const PENDING = '.pending';
const zip = promisify(gzip);
const unzip = promisify(gunzip);

export function observationLog(dir: string): ObservationLog {
  const pathOf = (kept: Observation): string => join(dir, kept.cluster, kept.source, nameOf(kept));
  return {
    keep: async (kept) => {
      const path = pathOf(kept);
      const there = await load(path);
      const stays = there !== undefined && there.readAt >= kept.readAt ? there : kept;
      await mkdir(join(dir, kept.cluster, kept.source), { recursive: true }).catch(cannotWrite(dir));
      await replace(markOf(path, stays), '').catch(cannotWrite(dir));
      if (stays === kept) await replace(path + FILE, await zip(JSON.stringify(kept))).catch(cannotWrite(dir));
      return stays;
    },
    delivered: (kept) => rm(markOf(pathOf(kept), kept), { force: true }),
    pending: (cluster) => inOrder(dir, [cluster], PENDING),
    async *read(cluster) {
      yield* inOrder(dir, cluster === undefined ? await names(dir) : [cluster], FILE);
    },
    windows: async (cluster, after) => {
      const kept = await files(join(dir, cluster, 'traffic'), FILE);
      const windows: Window[] = [];
      for (const { path } of kept.filter(({ instant }, i) => instant > after || i === kept.length - 1)) {
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
const nameOf = ({ at, id }: Observation): string =>
  `${String(at).padStart(13, '0')}-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;

/** Names the reading: a mark for an older one must not vouch for a newer. */
const markOf = (path: string, { readAt }: Observation): string => `${path}.${readAt}${PENDING}`;

async function replace(path: string, content: string | Buffer): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  await writeFile(draft, content);
  await rename(draft, path);
}

async function* inOrder(dir: string, clusters: readonly string[], ending: string): AsyncGenerator<Observation> {
  const found = (
    await Promise.all(clusters.flatMap((cluster) => SOURCES.map((source) => files(join(dir, cluster, source), ending))))
  ).flat();
  // A stable sort: of one instant the objects come before the traffic, in the order of SOURCES.
  for (const { path } of found.sort((a, b) => a.instant - b.instant)) {
    const kept = await load(path);
    if (kept !== undefined) yield kept;
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

const cannotWrite = (dir: string) => (cause: NodeJS.ErrnoException) => {
  throw new InvalidInputError(`the observation log ${dir} cannot be written (${cause.code ?? cause.message})`, {
    cause,
  });
};
