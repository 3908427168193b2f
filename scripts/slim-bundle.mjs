/** Leaves out of the functions' bundles what they never use, but what their dependencies import all the same. */
import { readFile } from 'node:fs/promises';

/** Modules by the file that is resolved, and what stands in for each. */
const STAND_INS = [
  // Error messages in forty languages; zod's own default is the English one.
  [/[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/, "export { default as en } from './en.js';"],
  // The reactive API of the driver, which takes RxJS with it.
  [/[\\/]neo4j-driver[\\/]lib[\\/](session|transaction|transaction-managed|result)-rx\.js$/, 'module.exports = {};'],
  // Streams of events, as S3 Select answers.
  [
    /[\\/]@smithy[\\/]core[\\/].*[\\/]event-streams[\\/]index\.js$/,
    'export const eventStreamSerdeProvider = () => ({});\nexport const resolveEventStreamSerdeConfig = (config) => config;',
  ],
  // Profiles, single sign-on, instance metadata: Lambda gives credentials by environment, and by nothing else.
  [
    /[\\/]@aws-sdk[\\/]credential-provider-node[\\/].*index\.js$/,
    "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';\n" +
      'export const credentialsWillNeedRefresh = () => false;\nexport const credentialsTreatedAsExpired = () => false;',
  ],
];

/** TypeScript's helpers as the driver uses them; one that is not here stays where it is. */
const HELPERS = [
  'assign',
  'asyncValues',
  'awaiter',
  'createBinding',
  'exportStar',
  'extends',
  'generator',
  'importDefault',
]
  .concat(['importStar', 'read', 'spreadArray', 'values'])
  .map((name) => `__${name}`);
const HELPER = /^var (__\w+) = \(this && this\.\1\) \|\| [\s\S]*?^\}\)?\)?(?:\(\))?;$/gm;
const SHAPE = /^export var (\w+\$?) = (\[[\s\S]*?\]);$/gm;

export const slim = {
  name: 'slim',
  setup(build) {
    for (const [filter, contents] of STAND_INS) {
      build.onLoad({ filter }, ({ path }) => ({ contents, resolveDir: path.replace(/[\\/][^\\/]+$/, '') }));
    }
    // Of their own description clients only want the version.
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, async ({ path }) => ({
      contents: JSON.stringify({ version: JSON.parse(await readFile(path, 'utf8')).version }),
      loader: 'json',
    }));
    // Shapes of all operations of a service: esbuild cannot see that making one has no effect.
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/]client-.*[\\/]schemas_\d+\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(SHAPE, 'export var $1 = /* @__PURE__ */ (() => $2)();'),
    }));
    // Each of the driver's 150 files brings its own copy of TypeScript's helpers.
    build.onResolve({ filter: /^typescript-helpers$/ }, ({ resolveDir }) => ({
      path: 'typescript-helpers',
      namespace: 'slim',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'slim' }, ({ pluginData }) => ({
      contents: `export { ${HELPERS.join(', ')} } from 'tslib';`,
      resolveDir: pluginData,
    }));
    build.onLoad({ filter: /[\\/]neo4j-driver(-core|-bolt-connection)?[\\/]lib[\\/].*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(HELPER, (helper, name) =>
        HELPERS.includes(name) ? `var ${name} = require('typescript-helpers').${name};` : helper,
      ),
    }));
    // Of a namespace esbuild keeps what is used, of an object all.
    build.onLoad({ filter: /[\\/](shared|functions)[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace("import { z } from 'zod';", "import * as z from 'zod';"),
      loader: 'ts',
    }));
  },
};
