import { join } from 'node:path';
import { cacheDirectory } from '../../cli/local-graph/home.ts';
import { runProcess } from '../../cli/local-graph/run-process.ts';
import type { GraphAccess } from '../../shared/graph/connection.ts';

const VERSION = '0.143.0';

type Load = { readonly nodesMs: number; readonly relationshipsMs: number };

/** What cartography-load.py prints. */
export type CartographyFigures = {
  readonly first: Load;
  readonly again: Load;
  readonly nodes: number;
  readonly relationships: number;
};

/** The Python that has Cartography, in the user's cache; installed through pip where it is not there and `install`. */
export async function findCartography(install: boolean): Promise<{ python: string } | { missing: string }> {
  const venv = join(cacheDirectory(process.env), `cartography-${VERSION}`);
  const python = join(venv, 'bin/python');
  const run = (program: string, ...args: string[]) => runProcess(program, args, { env: process.env });
  const check = () => run(python, '-W', 'ignore', '-c', 'import cartography.client.core.tx');
  if ((await check()).code === 0) return { python };
  if (!install) return { missing: `Cartography ${VERSION} is not installed (\`npm run bench\` does that)` };
  for (const [program, ...args] of [
    ['python3', '-m', 'venv', venv],
    [python, '-m', 'pip', 'install', '--quiet', `cartography==${VERSION}`],
  ] as const) {
    const { code, output } = await run(program, ...args);
    if (code !== 0) {
      return { missing: `Cartography ${VERSION} could not be installed: ${output.trim().split('\n').at(-1) ?? ''}` };
    }
  }
  const { code, output } = await check();
  return code === 0
    ? { python }
    : { missing: `Cartography ${VERSION} does not run: ${output.trim().split('\n').at(-1)}` };
}

/** Loads an observation twice with Cartography's own loader. */
export async function loadWithCartography(
  python: string,
  file: string,
  access: GraphAccess,
): Promise<CartographyFigures> {
  const { code, output } = await runProcess(
    python,
    ['-W', 'ignore', join(import.meta.dirname, 'cartography-load.py'), file],
    {
      env: { ...process.env, NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password },
    },
  );
  const figures = output.split('\n').find((line) => line.startsWith('{"first"'));
  if (code !== 0 || figures === undefined) throw new Error(`Cartography's loader failed:\n${output}`);
  return JSON.parse(figures) as CartographyFigures;
}
