import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { register } from '../../../../cli/commands/config.ts';
import { runProgram } from '../../../../cli/program.ts';
import { recordingIo } from '../recording-io.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'meshgraph-config-'));
});
afterEach(() => rm(cwd, { recursive: true }));

async function validate(text: string, ...flags: string[]) {
  await writeFile(join(cwd, 'meshgraph.yaml'), text);
  const io = recordingIo({ cwd });
  await runProgram(['config', 'validate', ...flags], '0', io, [register]);
  return io.said;
}

describe('meshgraph config validate', () => {
  test('says that a file is valid and leaves the exit code at 0', async () => {
    expect(await validate('scan: {period: 1m}')).toEqual({
      out: `√ ${cwd}/meshgraph.yaml is valid\n`,
      err: '',
      code: undefined,
    });
  });

  test('prints the configuration with all defaults as JSON', async () => {
    const { out } = await validate('scan: {period: 1m}', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      valid: true,
      configuration: { scan: { period: 60_000, settling: 30_000 } },
    });
  });

  test('knows the rules of the user’s own that gate.rules speaks of', async () => {
    const rule = 'title: t\nseverity: high\nrationale: r\nremedy: r\nmessage: m\nfingerprint: [a]\n';
    await mkdir(join(cwd, 'own/no-batch'), { recursive: true });
    await writeFile(join(cwd, 'own/no-batch/check.yaml'), rule);
    await writeFile(join(cwd, 'own/no-batch/query.cypher'), 'RETURN 1 AS a');
    const gate = (id: string) => validate(`gate: {ownRules: own, rules: {${id}: {severity: low}}}`);
    expect((await gate('no-batch')).code).toBeUndefined();
    expect(await gate('no-bath')).toMatchObject({ err: expect.stringContaining('did you mean "no-batch"?'), code: 2 });
  });

  test('tells every problem on stderr and ends with 2', async () => {
    expect(await validate('scn: {}\nclusters: 3\n')).toEqual({
      out: '',
      err: 'meshgraph.yaml:1: unknown key "scn": did you mean "scan"?\nmeshgraph.yaml:2: clusters: expected a list, got 3\n',
      code: 2,
    });
  });

  test('tells every problem as JSON on stdout and ends with 2', async () => {
    const { out, code } = await validate('\nscn: {}\n', '-o', 'json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      valid: false,
      problems: [{ line: 2, message: 'unknown key "scn": did you mean "scan"?' }],
    });
  });

  test('ends with 2 where there is no file to judge', async () => {
    const io = recordingIo({ cwd });
    await runProgram(['config', 'validate'], '0', io, [register]);
    expect(io.said).toEqual({ out: '', err: `there is no configuration file ${cwd}/meshgraph.yaml\n`, code: 2 });
  });
});
