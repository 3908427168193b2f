import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphAccess } from '../../shared/graph/connection.ts';
import { readCredentials } from './credentials.ts';
import { type Environment, existingHome, type GraphHome } from './home.ts';
import { type LocalServer, readLocalServer } from './local-server.ts';

export type LocalGraphStatus = {
  readonly home: GraphHome;
  /** Absent before the first start. */
  readonly access: GraphAccess | undefined;
  /** Absent while stopped. */
  readonly server: LocalServer | undefined;
  readonly dataBytes: number;
};

export async function readLocalGraphStatus(env: Environment, override?: string): Promise<LocalGraphStatus> {
  const home = await existingHome(env, override);
  return {
    home,
    access: await readCredentials(home),
    server: await readLocalServer(home, env),
    dataBytes: await diskUsage(home.data),
  };
}

async function diskUsage(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  // Files of a running server come and go.
  const blocks = entries.map((name) =>
    stat(join(folder, name)).then(
      (file) => file.blocks,
      () => 0,
    ),
  );
  return (await Promise.all(blocks)).reduce((sum, count) => sum + count * 512, 0);
}
