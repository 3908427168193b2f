import type { Observation } from './observation.ts';
import { sha256 } from './sha256.ts';
import type { Window } from './window.ts';

const INSTANT_DIGITS = 13;
const digits = (instant: number): string => String(instant).padStart(INSTANT_DIGITS, '0');

/** Sixteen digits over id and time of reading, which tell one reading from any other. */
export const readingDigest = async ({ id, readAt }: Observation): Promise<string> =>
  (await sha256(`${id} ${readAt}`)).slice(0, 16);

/** What the keys of one cluster's source begin with. */
export const observationPrefix = (cluster: string, source: Observation['source']): string =>
  `observations/${cluster}/${source}/`;

/** What the keys of all readings of one window begin with. */
export const windowPrefix = (cluster: string, { from, to }: Window): string =>
  `${observationPrefix(cluster, 'traffic')}${digits(to)}-${digits(from)}-`;

/** A key behind all those of one source that speak of an instant or of earlier ones; it is nobody's key. */
export const keyAfter = (cluster: string, source: Observation['source'], instant: number): string =>
  `${observationPrefix(cluster, source)}${digits(Math.max(0, instant + 1))}`;

/**
 * An observation's key in a bucket: `observations/<cluster>/<source>/<at>[-<from>]-<digest>.json.gz`. Instants have
 * thirteen digits, so that the order of keys is the order of time, and a window can be told without opening the object.
 * Each reading is kept, and once.
 */
export async function observationKey(observation: Observation): Promise<string> {
  const { cluster, source, at } = observation;
  const instants = observation.source === 'traffic' ? [at, observation.window.from] : [at];
  return `${observationPrefix(cluster, source)}${instants.map(digits).join('-')}-${await readingDigest(observation)}.json.gz`;
}

/** Keys that note windows no source tells of any more: `untold/<cluster>/<to>-<from>`. */
export const untoldPrefix = (cluster: string): string => `untold/${cluster}/`;

/** A key behind those of untold windows that end at an instant or earlier; it is nobody's key. */
export const untoldAfter = (cluster: string, instant: number): string =>
  `${untoldPrefix(cluster)}${digits(Math.max(0, instant + 1))}`;

export const untoldKey = (cluster: string, { from, to }: Window): string =>
  `${untoldPrefix(cluster)}${digits(to)}-${digits(from)}`;

/** The window a traffic observation's key tells; or the key of one that is untold; `undefined` for any other key. */
export function windowOfKey(key: string): Window | undefined {
  const found = /(?:\/traffic|^untold\/[^/]+)\/(\d{13})-(\d{13})(?:-[0-9a-f]+\.json\.gz)?$/.exec(key);
  return found ? { from: Number(found[2]), to: Number(found[1]) } : undefined;
}

/** The instant an observation's key tells (epoch ms); `undefined` for any other key. */
export function instantOfKey(key: string): number | undefined {
  const found = /\/(\d{13})-[0-9a-f-]+\.json\.gz$/.exec(key);
  return found ? Number(found[1]) : undefined;
}

/** The `readingDigest` a key ends with. */
export const digestOfKey = (key: string): string => key.replace(/\.json\.gz$/, '').slice(-16);
