import { randomBytes, randomInt } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { parseEnv } from 'node:util';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { GraphAccess } from '../../shared/graph/connection.ts';
import type { GraphHome } from './home.ts';

/** Below the ports systems hand out by themselves (32768 and up), where another program could be given ours. */
const PORTS = { from: 17_000, to: 27_000 };

/** What the credentials file of a home says; undefined where there is none yet. */
export async function readCredentials(home: GraphHome): Promise<GraphAccess | undefined> {
  let text: string;
  try {
    text = await readFile(home.credentials, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password } = parseEnv(text);
  if (uri && username && password) return { uri, username, password };
  throw new InvalidInputError(
    `${home.credentials} should hold NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD and does not. ` +
      `Restore it, or remove ${home.directory} to begin an empty graph.`,
  );
}

/**
 * The credentials of a home, made up when it has none: a random password, and a free port that stays its own.
 * Of two that make them at once, both get the same.
 */
export async function ensureCredentials(home: GraphHome): Promise<GraphAccess> {
  const existing = await readCredentials(home);
  if (existing) return existing;
  const made = {
    uri: `bolt://127.0.0.1:${await choosePort()}`,
    username: 'neo4j',
    password: randomBytes(24).toString('base64url'),
  };
  await mkdir(home.directory, { recursive: true, mode: 0o700 });
  const unfinished = `${home.credentials}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(
      unfinished,
      `NEO4J_URI=${made.uri}\nNEO4J_USERNAME=${made.username}\nNEO4J_PASSWORD=${made.password}\n`,
      { mode: 0o600 },
    );
    // Unlike a rename, a link never replaces what another process just wrote.
    await link(unfinished, home.credentials);
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return ensureCredentials(home);
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function choosePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)));
  });
}
