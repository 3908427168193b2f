import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '..');

type Action = {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
};

export const readAction = async (): Promise<Action> => parse(await readFile(join(ROOT, 'action.yml'), 'utf8'));

export type Step = {
  readonly code: number | null;
  readonly log: string;
  readonly errors: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
};

/**
 * Runs action.yml as GitHub's runner does: its files alone in a folder of their own, the checkout as working directory, every
 * input as INPUT_<NAME> with its default or empty, and files for outputs and the summary.
 */
export async function runStep(
  folder: string,
  checkout: string,
  given: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): Promise<Step> {
  const { inputs, runs } = await readAction();
  const home = await mkdtemp(join(folder, 'runner-'));
  const main = join(home, 'actions', runs.main);
  await mkdir(dirname(main), { recursive: true });
  await copyFile(join(ROOT, runs.main), main);
  const [output, summary, temp] = [join(home, 'output'), join(home, 'summary'), join(home, 'temp')];
  await Promise.all([writeFile(output, ''), writeFile(summary, ''), mkdir(temp)]);
  const unknown = Object.keys(given).filter((name) => !(name in inputs));
  if (unknown.length > 0) throw new Error(`action.yml has no inputs ${unknown.join(', ')}`);
  const env = {
    PATH: process.env.PATH ?? '',
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [
        `INPUT_${name.toUpperCase()}`,
        given[name] ?? input.default ?? '',
      ]),
    ),
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: checkout,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: temp,
    ...more,
  };
  const child = spawn(process.execPath, [main], { cwd: checkout, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { log: '', errors: '' };
  child.stdout.on('data', (text) => (said.log += text));
  child.stderr.on('data', (text) => (said.errors += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines = (await readFile(output, 'utf8')).split('\n').filter(Boolean);
  return {
    code,
    ...said,
    outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))),
    summary: await readFile(summary, 'utf8'),
  };
}
