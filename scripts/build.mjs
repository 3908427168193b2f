/**
 * Bundles the command line into dist/: main.mjs and the chunks that commands load when they are called. Dependencies
 * stay outside, .cypher files become text. Plain JavaScript, since npm runs it (`prepare`) with whatever Node is there.
 */
import { mkdir, rm, symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

await rm(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { main: 'cli/main.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  packages: 'external',
  loader: { '.cypher': 'text' },
  sourcemap: true,
  logLevel: 'warning',
});

// npm links the commands of dependencies but not a project's own: with this `npx meshgraph` runs this one at once.
if (process.platform !== 'win32') {
  await mkdir(`${root}node_modules/.bin`, { recursive: true });
  await rm(`${root}node_modules/.bin/meshgraph`, { force: true });
  await symlink('../../bin/meshgraph.mjs', `${root}node_modules/.bin/meshgraph`);
}
