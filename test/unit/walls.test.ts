import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brokenWalls } from '../walls.ts';

const root = join(import.meta.dirname, '../..');
const files = globSync('{action,cli,functions,infra,scripts,shared,test,web}/**/*.{ts,mjs,cypher}', {
  cwd: root,
}).filter((path) => !path.startsWith('test/fixtures/') && path !== 'action/gate.mjs');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('no file breaks a wall', () => {
  const broken = files.flatMap((path) => brokenWalls(path, read(path)).map((sentence) => `${path}: ${sentence}`));
  expect(broken).toEqual([]);
});

test('files stay short: half of them under 60 lines, nine of ten under 120', () => {
  const product = files.filter((path) => /^(cli|functions|infra|shared)\/.*\.ts$/.test(path));
  const from = (length: number) => product.filter((path) => read(path).split('\n').length > length);
  expect(from(60).length / product.length, from(60).join('\n')).toBeLessThan(0.5);
  expect(from(120).length / product.length, from(120).join('\n')).toBeLessThan(0.1);
});

describe('a wall is broken by', () => {
  test.each([
    ['shared/domain/keys.ts', "import { createHash } from 'node:crypto';", 'a pure room may not import node:crypto'],
    ['shared/linkerd/a.ts', "import type { Session } from 'neo4j-driver';", 'a pure room may not import neo4j-driver'],
    [
      'shared/checks/a/check.ts',
      "import {\n  open,\n} from '../../graph/connection.ts';",
      'a pure room may not import shared/graph/connection.ts',
    ],
    [
      'shared/kubernetes/a.ts',
      "export { b } from '../adapters/b.ts';",
      'a pure room may not import shared/adapters/b.ts',
    ],
    ['shared/domain/a.ts', 'const now = Date.now();', 'a pure room is told the time, it reads no clock'],
    ['shared/questions/a.ts', 'const now = new Date();', 'a pure room is told the time, it reads no clock'],
    ['shared/domain/a.ts', 'process.exit(1);', 'a pure room knows no process'],
    ['shared/domain/a.ts', 'const { HOME } = process.env;', 'only config.ts files read process.env'],
    [
      'functions/a/a.ts',
      "import '../../shared/graph/connection.ts';",
      'a use case may not import shared/graph/connection.ts',
    ],
    ['functions/a/a.ts', "import { b } from '../b/b.ts';", 'a use case may not import functions/b/b.ts'],
    ['functions/a/a.ts', 'const at = performance.now();', 'a use case is told the time, it reads no clock'],
    [
      'functions/a/handler.ts',
      "import { b } from '../b/handler.ts';",
      'a handler may not import functions/b/handler.ts',
    ],
    ['functions/a/handler.ts', 'if (a) b();', 'a handler decides nothing'],
    ['functions/a/handler.ts', 'a();\n'.repeat(31), 'a handler of 31 lines is more than wiring'],
    [
      'shared/adapters/prometheus-api.ts',
      "import { b } from './kubernetes-api.ts';",
      'an adapter may not import shared/adapters/kubernetes-api.ts',
    ],
    ['shared/adapters/a.ts', "import neo4j from 'neo4j-driver';", 'an adapter may not import neo4j-driver'],
    [
      'shared/graph/a.ts',
      "import { b } from '../../functions/b/b.ts';",
      'shared/graph may not import functions/b/b.ts',
    ],
    [
      'cli/commands/a.ts',
      "const a = await import('../../functions/a/handler.ts');",
      'the command line may not import functions/a/handler.ts',
    ],
    ['cli/commands/a.ts', 'const home = process.env.HOME;', 'only config.ts files read process.env'],
    ['cli/commands/a.ts', "import neo4j from 'neo4j-driver';", 'the command line may not import neo4j-driver'],
    ['shared/domain/utils.ts', '', 'utils.ts says nothing of what is in it'],
    ['shared/helpers/a.ts', '', 'helpers says nothing of what is in it'],
    ['shared/domain/entityModel.ts', '', 'entityModel.ts is not kebab-case'],
    ['scripts/long.ts', '\n'.repeat(251), '251 lines are more than 250'],
  ])('%s with %j', (path, source, sentence) => {
    expect(brokenWalls(path, source)).toContain(sentence);
  });
});

test('a wall is not broken by what a room is for', () => {
  const fine: [string, string][] = [
    [
      'shared/checks/a/check.ts',
      "import { z } from 'zod';\nimport query from './query.cypher';\n// process.env is not read\n",
    ],
    ['functions/a/a.ts', "import { parse } from './parse.ts';\nimport { key } from '../../shared/domain/keys.ts';"],
    [
      'shared/graph/structure/a.ts',
      "import neo4j from 'neo4j-driver';\nimport { b } from '../connection.ts';\nDate.now();",
    ],
    [
      'shared/adapters/kubernetes-api.ts',
      "import { request } from 'node:https';\nimport { b } from './kubernetes-fetch.ts';",
    ],
    ['functions/a/config.ts', 'const { TABLE } = process.env;'],
    ['cli/commands/scan.ts', "import { read } from '../../functions/read-traffic/read-traffic.ts';\nnew Date(0);"],
  ];
  expect(fine.flatMap(([path, source]) => brokenWalls(path, source))).toEqual([]);
});
