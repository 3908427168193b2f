/**
 * Bundles into dist/: the command line (main.mjs, and the chunks that commands load when they are called) and the CDK
 * construct and app (infra/), dependencies outside; and every function (functions/<name>/index.mjs), dependencies inside.
 * .cypher files become text.
 * `--report` prints what the functions weigh. Plain JavaScript, since npm runs it (`prepare`) with whatever Node is there.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const { build } = await import('esbuild').catch((error) => {
  // `npx meshgraph` in a clone where nothing is installed runs `prepare` first; a failure there would leave npx's cache
  // broken for good. bin/meshgraph.mjs then says what is missing.
  if (process.env.npm_lifecycle_event === 'prepare') process.exit();
  throw error;
});
const { bundleFunctions, overBudget } = await import('./function-bundles.mjs');

// Built beside and then put in place, so that nobody meets half of it.
const draft = `${root}.cache/dist-${process.pid}`;
try {
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'cli/main.ts', 'infra/mesh-graph': 'infra/mesh-graph.ts', 'infra/app': 'infra/app.ts' },
    outdir: draft,
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
  const functions = await bundleFunctions(root, draft);
  if (process.argv.includes('--report')) report(functions);
  const problems = overBudget(functions);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  await rm(`${root}dist`, { recursive: true, force: true });
  await mkdir(`${root}.cache`, { recursive: true });
  await rename(draft, `${root}dist`);
} finally {
  await rm(draft, { recursive: true, force: true });
}

function report(functions) {
  const rows = functions.map(({ name, bytes, budget, heaviest }) => {
    const parts = heaviest.slice(0, 4).map(([what, weight]) => `${what} ${kilobytes(weight)}`);
    return `| ${name} | ${kilobytes(bytes)} | ${kilobytes(budget)} | ${parts.join(', ')} |`;
  });
  process.stdout.write(
    `${['| function | KB | budget | heaviest |', '| --- | --- | --- | --- |', ...rows].join('\n')}\n`,
  );
}

function kilobytes(bytes) {
  return Math.round(bytes / 1024);
}
