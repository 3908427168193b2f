import { posix } from 'node:path';

/**
 * The walls between the rooms (docs/architecture.md), as data. A file belongs to the first room that matches it; it may
 * import its own folder and what the room allows, a path for our own files and a name for packages.
 */
type Room = {
  readonly name: string;
  readonly files: RegExp;
  readonly mayImport: readonly RegExp[];
  readonly mayReadClock: boolean;
};

const PURE = /^shared\/(domain|linkerd|kubernetes|certificates|checks|questions|gate)\//;
const PURE_PACKAGES = /^(zod|yaml|js-yaml|@dagrejs\/dagre)$/;
const NODE = /^node:/;
const ANY_PACKAGE_BUT_DRIVER = /^(?!neo4j-driver|(cli|functions|infra|scripts|shared|test|web)\/)@?[a-z0-9]/;

const ROOMS: readonly Room[] = [
  { name: 'a pure room', files: PURE, mayImport: [PURE, PURE_PACKAGES], mayReadClock: false },
  {
    name: 'a handler',
    files: /^functions\/[^/]+\/(handler|config)\.ts$/,
    mayImport: [/^shared\//, NODE, ANY_PACKAGE_BUT_DRIVER],
    mayReadClock: true,
  },
  { name: 'a use case', files: /^functions\//, mayImport: [PURE, PURE_PACKAGES], mayReadClock: false },
  {
    name: 'shared/graph',
    files: /^shared\/graph\//,
    mayImport: [PURE, PURE_PACKAGES, NODE, /^neo4j-driver/],
    mayReadClock: true,
  },
  {
    name: 'an adapter',
    files: /^shared\/adapters\//,
    mayImport: [PURE, NODE, ANY_PACKAGE_BUT_DRIVER],
    mayReadClock: true,
  },
  {
    name: 'a way to the sources',
    files: /^shared\/sources\//,
    mayImport: [/^shared\//, NODE],
    mayReadClock: true,
  },
  {
    name: 'a middleware',
    files: /^shared\/middleware\//,
    mayImport: [PURE, /^shared\/(graph|middleware)\//, NODE, ANY_PACKAGE_BUT_DRIVER],
    mayReadClock: true,
  },
  {
    name: 'infra',
    files: /^infra\//,
    mayImport: [PURE, /^infra\//, /^functions\/[^/]+\/config/, NODE, /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/],
    mayReadClock: false,
  },
  {
    name: 'the command line',
    files: /^(cli|action)\//,
    mayImport: [/^(shared|cli|action)\//, /^functions\/([^/]+)\/(?!handler)/, NODE, ANY_PACKAGE_BUT_DRIVER],
    mayReadClock: true,
  },
];

/** Files that may read the environment: one a function, the entrances of the command line and the action, and what is no part of the product. */
const MAY_READ_ENVIRONMENT = /(^|\/)config\.ts$|^(cli|action)\/main\.ts$|^(scripts|test)\/|^vitest\.config\.ts$/;
const CLOCK = /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?(\.[a-z]+)?$/;
const JUNK_DRAWERS = /^(utils?|helpers?|common|misc|types)(\.|$)/;
const LONGEST_FILE = 250;
const LONGEST_HANDLER = 30;

/** Everything a file breaks, each as one sentence. `path` is relative to the project, with slashes. */
export function brokenWalls(path: string, source: string): string[] {
  return [
    ...brokenNames(path),
    ...brokenLength(source),
    ...brokenHandler(path, source),
    ...brokenImports(path, source),
    ...brokenGlobals(path, source),
  ];
}

function brokenNames(path: string): string[] {
  return path
    .split('/')
    .flatMap((name) => [
      ...(KEBAB_CASE.test(name) ? [] : [`${name} is not kebab-case`]),
      ...(JUNK_DRAWERS.test(name) ? [`${name} says nothing of what is in it`] : []),
    ]);
}

function brokenLength(source: string): string[] {
  const lines = source.split('\n').length - 1;
  return lines > LONGEST_FILE ? [`${lines} lines are more than ${LONGEST_FILE}`] : [];
}

/** What a handler would decide is a use case's to decide, and to be tested there. */
function brokenHandler(path: string, source: string): string[] {
  if (!/^functions\/[^/]+\/handler\.ts$/.test(path)) return [];
  const lines = source.split('\n').length - 1;
  return [
    ...(lines > LONGEST_HANDLER ? [`a handler of ${lines} lines is more than wiring`] : []),
    ...(/\bif\s*\(/.test(withoutComments(source)) ? ['a handler decides nothing'] : []),
  ];
}

function brokenImports(path: string, source: string): string[] {
  const room = roomOf(path);
  if (room === undefined) return [];
  return importsOf(source)
    .map((name) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name))
    .filter((name) => !inOwnFolder(path, name) && !room.mayImport.some((allowed) => allowed.test(name)))
    .map((name) => `${room.name} may not import ${name}`);
}

function brokenGlobals(path: string, source: string): string[] {
  const room = roomOf(path);
  const code = withoutComments(source);
  return [
    ...(/\bprocess\.env\b/.test(code) && !MAY_READ_ENVIRONMENT.test(path)
      ? ['only config.ts files read process.env']
      : []),
    ...(room?.mayReadClock === false && CLOCK.test(code) ? [`${room.name} is told the time, it reads no clock`] : []),
    ...(room?.mayReadClock === false && room.name !== 'infra' && /\bprocess\./.test(code)
      ? [`${room.name} knows no process`]
      : []),
  ];
}

const roomOf = (path: string): Room | undefined => ROOMS.find(({ files }) => files.test(path));

/**
 * The own folder is the function's, the graph's, or, for adapters, the files of the same outside system, told by the
 * first word of their name. Other rooms say all they may import.
 */
function inOwnFolder(path: string, name: string): boolean {
  const own = /^(functions\/[^/]+\/|shared\/graph\/|shared\/adapters\/[a-z0-9]+)/.exec(path)?.[0];
  return own !== undefined && name.startsWith(own);
}

/** What a module imports or exports from, statically, dynamically, for types or for effect. */
function importsOf(source: string): string[] {
  const statement =
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  return [...withoutComments(source).matchAll(statement)].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []);
}

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
