import { describe, expect, test } from 'vitest';
import { register } from '../../../cli/commands/ask.ts';
import { runProgram } from '../../../cli/program.ts';
import { recordingIo } from './recording-io.ts';

async function meshgraph(...args: string[]) {
  const io = recordingIo({ env: { NEO4J_URI: 'bolt://127.0.0.1:9' } });
  await runProgram(args, '0', io, [register]);
  return io.said;
}

describe('meshgraph ask', () => {
  test('lists its questions, as JSON with their parameters', async () => {
    expect((await meshgraph('ask', '--list')).out).toMatch(/^callers +callee +Who calls it/m);
    const { questions } = JSON.parse((await meshgraph('ask', '--list', '-o', 'json')).out);
    expect(questions.find(({ id }: { id: string }) => id === 'touches')).toEqual({
      id: 'touches',
      title: expect.stringContaining('Who reaches data'),
      parameters: [
        { name: 'data', kind: 'node', meaning: expect.any(String), mandatory: true, default: null, choices: [] },
      ],
      columns: expect.arrayContaining([{ name: 'caller', title: 'who', meaning: expect.any(String) }]),
      scope: 'who reaches it',
    });
  });

  test('refuses more words than the question has parameters', async () => {
    expect(await meshgraph('ask', 'callers', 'books/books', 'books/mysql')).toEqual({
      out: '',
      err: expect.stringContaining("too many arguments for 'callers'. Expected 1 argument but got 2"),
      code: 2,
    });
  });
});
