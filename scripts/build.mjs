/**
 * Bundles the command line into dist/: main.mjs and the chunks that commands load when they are called. Dependencies
 * stay outside, .cypher files become text. Plain JavaScript, since npm runs it (`prepare`) with whatever Node is there.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const { build } = await import('esbuild').catch((error) => {
  // `npx meshgraph` in a clone where nothing is installed runs `prepare` first; a failure there would leave npx's cache
  // broken for good. bin/meshgraph.mjs then says what is missing.
  if (process.env.npm_lifecycle_event === 'prepare') process.exit();
  throw error;
});

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
