import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Keys of a cluster whose values are paths, wherever they stand. */
const PATH_KEYS: ReadonlySet<string> = new Set(['kubeconfig', 'caFile', 'certFile', 'keyFile', 'file']);

/** The same with absolute paths: relative ones start at `folder`, `~/` at the home directory. */
export function withAbsolutePaths<T>(value: T, folder: string): T {
  if (Array.isArray(value)) return value.map((item) => withAbsolutePaths(item, folder)) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, below]) => [
    key,
    PATH_KEYS.has(key) && typeof below === 'string' ? absolute(below, folder) : withAbsolutePaths(below, folder),
  ]);
  return Object.fromEntries(entries);
}

const absolute = (path: string, folder: string): string =>
  path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(folder, path);
