/**
 * Bundles every functions/<name>/handler.ts into <folder>/functions/<name>/index.mjs, as Lambda runs it: one ESM file,
 * minified, the AWS SDK inside (faster to load than the runtime's own), and holds each to its budget.
 */
import { readdir, stat } from 'node:fs/promises';
import { build } from 'esbuild';
import { BUDGETS } from './function-budgets.mjs';
import { slim } from './slim-bundle.mjs';

/** Functions that have a handler, in alphabetical order. */
export async function functionNames(root) {
  const names = await readdir(`${root}functions`);
  const there = await Promise.all(names.map((name) => exists(`${root}functions/${name}/handler.ts`)));
  return names.filter((_, index) => there[index]).sort();
}

/**
 * Builds all of them. Resolves to one row a function: name, bytes, budget, and the heaviest packages in it.
 * Dependencies in CommonJS need `require`; the name is one that no minified identifier has.
 */
export async function bundleFunctions(root, folder, plugins = [slim]) {
  const names = await functionNames(root);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, `functions/${name}/handler.ts`])),
    outdir: `${folder}/functions`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    banner: { js: "import{createRequire as __cr_}from'node:module';const require=__cr_(import.meta.url);" },
    loader: { '.cypher': 'text' },
    plugins,
    logLevel: 'warning',
  });
  return names.map((name) => {
    const path = Object.keys(metafile.outputs).find((key) => key.endsWith(`functions/${name}/index.mjs`));
    const { bytes, inputs } = metafile.outputs[path];
    return { name, bytes, budget: BUDGETS[name] ?? 0, heaviest: heaviest(inputs) };
  });
}

/** Those over their budget, one sentence each; a function without one is over it. */
export const overBudget = (rows) =>
  rows
    .filter(({ bytes, budget }) => bytes > budget)
    .map(
      ({ name, bytes, budget, heaviest: [first, second, third] }) =>
        `${name}: ${bytes} bytes are more than its budget of ${budget} (scripts/function-budgets.mjs); heaviest: ` +
        [first, second, third].map(([what, weight]) => `${what} ${weight}`).join(', '),
    );

/** The packages that weigh most in a bundle, as [name, bytes]; all of ours count as one. */
function heaviest(inputs) {
  const weights = new Map();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'meshgraph';
    weights.set(found, (weights.get(found) ?? 0) + bytesInOutput);
  }
  return [...weights].sort((a, b) => b[1] - a[1]);
}

const exists = (path) =>
  stat(path).then(
    () => true,
    () => false,
  );
