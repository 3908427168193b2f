import { expect, test } from 'vitest';
import { register } from '../../../../cli/commands/scan.ts';
import { runProgram } from '../../../../cli/program.ts';
import { recordingIo } from '../recording-io.ts';

async function scan(...flags: string[]) {
  const io = recordingIo();
  await runProgram(['scan', ...flags], '0', io, [register]);
  return io.said;
}

test.each([
  ['--cluster', 'west'],
  ['--prometheus', 'http://127.0.0.1:9090'],
  ['--context', 'west'],
  ['--kubeconfig', 'config'],
  ['--only', 'traffic'],
])('a bundle has one cluster and all its sources: %s does not go with it', async (flag, value) => {
  const { code, err } = await scan('--bundle', 'mesh.gz', flag, value);
  expect(code).toBe(2);
  expect(err).toContain(`option '--bundle <file>' cannot be used with option '${flag} <`);
});

test('following has no end to read up to', async () => {
  expect(await scan('--watch', '--at', '-1h')).toMatchObject({
    code: 2,
    err: expect.stringContaining("'--at <instant>'"),
  });
});

test.each(['7m', '0s', '2h', 'often'])('a period of %s is refused: windows are parts of an hour', async (period) => {
  const { code, err } = await scan('--period', period);
  expect(code).toBe(2);
  expect(err).toMatch(/--period takes a duration that divides an hour|a duration is written like/);
});
