import type { Io } from '../../../cli/io.ts';

export type RecordingIo = Io & { readonly said: { out: string; err: string; code: number | undefined } };

/** An Io that keeps what a command writes and the code it ends with. No terminal, no environment, unless given. */
export function recordingIo(overrides: Partial<Io> = {}): RecordingIo {
  const said: RecordingIo['said'] = { out: '', err: '', code: undefined };
  return {
    said,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    exit: (code) => {
      said.code = code;
    },
    env: {},
    cwd: '/',
    now: () => 0,
    colour: false,
    progress: false,
    signal: new AbortController().signal,
    ...overrides,
  };
}
