/** The GitHub Action as one file with everything inside, and the licences of what is inside. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { slim } from './slim-bundle.mjs';

const BUNDLE = 'action/gate.mjs';
const LICENCES = 'action/licences.txt';

/** A runner has no Neo4j: baselines are files, or an API's. */
const withoutGraph = {
  name: 'without-graph',
  setup(build) {
    build.onLoad({ filter: /[\\/]cli[\\/]gate[\\/]open-graph-baseline\.ts$/ }, ({ path }) => ({
      contents:
        "import { InvalidInputError } from '../../shared/domain/errors.ts';\n" +
        'export const openGraphBaseline = () => { throw new InvalidInputError(\n' +
        "  'the action judges against a file or an API: a file called graph is given as ./graph') };",
      loader: 'ts',
      resolveDir: dirname(path),
    }));
    // Descriptions of checks and questions come with their queries, of which none is ever asked here.
    build.onLoad({ filter: /\.cypher$/ }, () => ({ contents: '', loader: 'text' }));
    build.onLoad({ filter: /[\\/]cli[\\/]gate[\\/]own-rules[\\/]judge-own-rules\.ts$/ }, ({ path }) => ({
      contents:
        "import { InvalidInputError } from '../../../shared/domain/errors.ts';\n" +
        'export const judgeOwnRules = () => { throw new InvalidInputError(\n' +
        "  'the action has no Neo4j to ask rules of your own of: run meshgraph gate --rules, or leave gate.ownRules out') };",
      loader: 'ts',
      resolveDir: dirname(path),
    }));
  },
};

/** Text by path from the root of the project, which ends with a slash. Builds alike everywhere: nothing of the machine is in it. */
export async function actionFiles(root) {
  const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['action/main.ts'],
    outfile: BUNDLE,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    metafile: true,
    legalComments: 'none',
    define: { MESHGRAPH_VERSION: JSON.stringify(version) },
    banner: {
      js:
        '// Made by `npm run build:action` from action/main.ts: change that. Licences are in licences.txt.\n' +
        "import{createRequire as __cr_}from'node:module';const require=__cr_(import.meta.url);",
    },
    loader: { '.cypher': 'text' },
    plugins: [withoutGraph, slim],
    logLevel: 'warning',
  });
  const packages = new Set(
    Object.values(metafile.outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .flatMap(([path, { bytesInOutput }]) => {
        const found = bytesInOutput > 0 && /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
        return found ? [found[0]] : [];
      }),
  );
  return {
    [BUNDLE]: outputFiles[0].text,
    [LICENCES]: await licenceText([...packages].sort().map((path) => `${root}${path}`)),
  };
}

/** Each licence once, under the packages that come by it. */
async function licenceText(folders) {
  const read = await Promise.all(folders.map(licenceOf));
  const byText = Map.groupBy(read, ({ text }) => text);
  return [...byText].map(([text, told]) => `${told.map(({ name }) => name).join('\n')}\n\n${text}\n`).join('\n\n');
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const file = (await readdir(folder)).sort().find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : (await readFile(`${folder}/${file}`, 'utf8')).trim();
  return { name: `${name} ${version} (${license})`, text };
}
