import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { addApiOption } from '../../../cli/api/api-option.ts';
import { COMMANDS } from '../../../cli/commands.ts';
import { codeBlocks, documentedCommands } from '../../documented-commands.ts';
import { recordingIo } from './recording-io.ts';

const root = join(import.meta.dirname, '../../..');
const pages = globSync(['README.md', 'docs/*.md'], { cwd: root });
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const SHELL = ['sh', 'bash', 'yaml', 'groovy'];

/** The program with commands that do nothing, but take their arguments as they do. */
function idleProgram(): Command {
  const program = new Command('meshgraph').exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  const io = addApiOption(program, recordingIo());
  for (const register of COMMANDS) register(program, io);
  const calm = (command: Command): void => {
    command.exitOverride().action(() => {});
    for (const inner of command.commands) calm(inner);
  };
  for (const command of program.commands) calm(command);
  return program;
}

const documented = pages.flatMap((page) =>
  codeBlocks(read(page), SHELL).flatMap((code) => documentedCommands(code).map((args) => ({ page, args }))),
);

test('there are command lines to look at', () => {
  expect(
    documentedCommands('x | meshgraph gate - \\\n  --full namespaces > "a b" # so\nnpx meshgraph ask "a b" && ls'),
  ).toEqual([
    ['gate', '-', '--full', 'namespaces'],
    ['ask', 'a b'],
  ]);
  expect(documented.filter(({ page }) => page === 'docs/ci.md').length).toBeGreaterThan(12);
});

test.each(documented)('$page: meshgraph $args is a command line there is', async ({ args }) => {
  await expect(idleProgram().parseAsync(args, { from: 'user' })).resolves.toBeDefined();
});

test('a command line there is not would be told', async () => {
  await expect(idleProgram().parseAsync(['gate', 'a', '--basis', 'b'], { from: 'user' })).rejects.toThrow('--basis');
});

describe('docs/ci.md', () => {
  const blocks = codeBlocks(read('docs/ci.md'), ['yaml']).map((code) => parse(code) as unknown);
  const steps = blocks.flatMap(stepsIn).filter(({ uses }) => uses.includes('/meshgraph@'));
  const { inputs, outputs } = parse(read('action.yml')) as Record<'inputs' | 'outputs', Record<string, unknown>>;

  test('gives the action inputs it has', () => {
    expect(steps.length).toBe(2);
    for (const { with: given } of steps)
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
  });

  test('reads outputs the action has', () => {
    const asked = [...read('docs/ci.md').matchAll(/steps\.gate\.outputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(asked));
  });

  test('runs in containers what is a command line there', async () => {
    const commands = blocks.flatMap((block) => commandsIn(block));
    expect(commands).toHaveLength(1);
    for (const [, ...args] of commands) await idleProgram().parseAsync(args, { from: 'user' });
  });

  test('pins every other action by its commit', () => {
    const others = blocks.flatMap(stepsIn).filter(({ uses }) => !uses.includes('/meshgraph@'));
    expect(others.map(({ uses }) => uses)).toEqual(others.map(() => expect.stringMatching(/@[0-9a-f]{40}$/)));
  });
});

type Uses = { readonly uses: string; readonly with: Readonly<Record<string, unknown>> };

/** Everything with `uses` in a document. */
function stepsIn(value: unknown): Uses[] {
  if (value === null || typeof value !== 'object') return [];
  const own = 'uses' in value ? [{ with: {}, ...value } as Uses] : [];
  return [...own, ...Object.values(value).flatMap(stepsIn)];
}

/** Lists of words that begin with meshgraph, as containers take them. */
function commandsIn(value: unknown): string[][] {
  if (Array.isArray(value) && value[0] === 'meshgraph') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(commandsIn) : [];
}
