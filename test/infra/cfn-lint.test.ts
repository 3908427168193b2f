import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { cfnLint } from '../../scripts/install-cfn-lint.ts';
import { synthesise } from './synthesise.ts';

/** Dependencies that CDK writes down although a reference says them too: harmless, and not ours to change. */
const REDUNDANT_DEPENDS_ON = 'W3005';

let words: [string, string];

beforeAll(async () => {
  words = await cfnLint();
});

/** All that cfn-lint says; nothing where it finds nothing. Its exit code tells whether it could look at all. */
function lint(...templates: string[]): Promise<string> {
  const [python, script] = words;
  const flags = ['--ignore-checks', REDUNDANT_DEPENDS_ON, '--regions', 'eu-central-1', '--'];
  return new Promise((resolve) => {
    execFile(python, [script, ...flags, ...templates], (error, stdout, stderr) =>
      resolve(error ? `${error.code}: ${stdout}${stderr}` : stdout),
    );
  });
}

const templateOf = (configuration: Parameters<typeof synthesise>[0]): string => {
  const { app, file } = synthesise(configuration);
  app.synth();
  return file;
};

test('cfn-lint finds nothing in the templates', { timeout: 240_000 }, async () => {
  const templates = (['everything', 'private'] as const).map(templateOf);
  expect(await lint(...templates)).toBe('');
});

test('and would find a runtime that there is not', async () => {
  const { app, resources } = synthesise('least');
  const [[id, broken] = []] = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function');
  const Properties = { ...broken?.Properties, Runtime: 'nodejs99.x' };
  const file = join(app.outdir, 'broken.json');
  writeFileSync(file, JSON.stringify({ Resources: { [String(id)]: { ...broken, Properties } } }));
  expect(await lint(file)).toContain("'nodejs99.x' is not one of");
});
