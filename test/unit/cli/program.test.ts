import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands.ts';
import type { Io } from '../../../cli/io.ts';
import { runProgram } from '../../../cli/program.ts';
import { InvalidInputError, UnavailableError } from '../../../shared/domain/errors.ts';
import { recordingIo } from './recording-io.ts';

/** Runs a command line with one more command, `fail`, that throws. */
async function run(args: string[], { error, ...overrides }: Partial<Io> & { error?: unknown } = {}) {
  const io = recordingIo(overrides);
  const fail: (typeof COMMANDS)[number] = (program) =>
    program.command('fail').action(() => {
      throw error;
    });
  await runProgram(args, '1.2.3', io, [...COMMANDS, fail]);
  return io.said;
}

describe('meshgraph', () => {
  test('prints its version and its help to stdout and ends with 0', async () => {
    expect(await run(['--version'])).toEqual({ out: '1.2.3\n', err: '', code: 0 });
    const help = await run(['--help']);
    expect(help).toMatchObject({ err: '', code: 0 });
    expect(help.out).toContain('config');
  });

  test.each([
    ['confg', 'config'],
    ['--versoin', '--version'],
  ])('names the nearest word for %s and ends with 2', async (word, meant) => {
    const { out, err, code } = await run([word]);
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(err).toContain(`Did you mean ${meant}?`);
  });

  test('tells an expected failure in its own words, and only those', async () => {
    const error = new UnavailableError('Prometheus at http://p does not answer', { cause: new Error('ECONNREFUSED') });
    expect(await run(['fail'], { error })).toEqual({
      out: '',
      err: 'Prometheus at http://p does not answer\n',
      code: 2,
    });
  });

  test('tells an unexpected failure in one line, with the way to its trace', async () => {
    const { err, code } = await run(['fail'], { error: new TypeError('x is not a function') });
    expect(code).toBe(2);
    expect(err).toBe(
      'meshgraph failed in a way it did not expect: x is not a function (set MESHGRAPH_DEBUG=1 for the trace)\n',
    );
  });

  test('shows the trace and every cause under MESHGRAPH_DEBUG', async () => {
    const error = new InvalidInputError('no bundle', { cause: new Error('unexpected end of file') });
    const { err } = await run(['fail'], { error, env: { MESHGRAPH_DEBUG: '1' } });
    expect(err).toMatch(/no bundle\n\s+at .*[\s\S]*caused by: Error: unexpected end of file\n\s+at /);
  });

  test('says no more than that it was interrupted after Ctrl-C', async () => {
    const error = new DOMException('aborted', 'AbortError');
    expect(await run(['fail'], { error, signal: AbortSignal.abort() })).toEqual({
      out: '',
      err: 'interrupted\n',
      code: 2,
    });
  });
});
