import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where one local Neo4j keeps everything it owns, as absolute paths below `directory`. */
export type GraphHome = {
  readonly directory: string;
  /** URI, user name and password as NAME=value lines, readable by its owner only. */
  readonly credentials: string;
  /** Written by the launcher while the server answers. */
  readonly state: string;
  readonly configuration: string;
  readonly launcher: string;
  readonly data: string;
  /** What the server process printed. */
  readonly log: string;
};

/** The home named by `--home`, else `meshgraph/neo4j` in the user's data directory (XDG Base Directory Specification 0.8). */
export function graphHome(env: Environment, override?: string): GraphHome {
  const directory = resolve(override ?? join(base(env, 'XDG_DATA_HOME', '.local/share'), 'meshgraph', 'neo4j'));
  return {
    directory,
    credentials: join(directory, 'credentials.env'),
    state: join(directory, 'server.json'),
    configuration: join(directory, 'conf', 'neo4j.conf'),
    launcher: join(directory, 'launcher'),
    data: join(directory, 'data'),
    log: join(directory, 'logs', 'console.log'),
  };
}

/** The same with links resolved: servers are started and known by one spelling of their home. */
export async function existingHome(env: Environment, override?: string): Promise<GraphHome> {
  const home = graphHome(env, override);
  return realpath(home.directory).then(
    (path) => graphHome(env, path),
    () => home,
  );
}

/** Where downloads are kept that every home shares: `meshgraph` in the user's cache directory. */
export function cacheDirectory(env: Environment): string {
  return join(base(env, 'XDG_CACHE_HOME', '.cache'), 'meshgraph');
}

function base(env: Environment, variable: string, fallback: string): string {
  return env[variable] || join(env.HOME || homedir(), fallback);
}
