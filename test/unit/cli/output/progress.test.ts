import { expect, test } from 'vitest';
import { progressLine } from '../../../../cli/output/progress.ts';
import { recordingIo } from '../recording-io.ts';

test('progress is one line on stderr, cut to the terminal and erased before the next', () => {
  const io = recordingIo({ progress: true, columns: 12 });
  const progress = progressLine(io);
  progress.update('reading');
  progress.update('reading pods of books');
  progress.clear();
  expect(io.said).toMatchObject({ out: '', err: '\r\u001b[2Kreading\r\u001b[2Kreading po…\r\u001b[2K' });
});

test('progress is silent in a pipe', () => {
  const io = recordingIo();
  const progress = progressLine(io);
  progress.update('reading');
  progress.clear();
  expect(io.said.err).toBe('');
});
