/** What action.yml runs, bundled by `npm run build:action` into gate.mjs. */
import type { Io } from '../cli/io.ts';
import { runAction } from './run-action.ts';

/** Put in by the bundler (scripts/build-action.mjs). */
declare const MESHGRAPH_VERSION: string;

const cancelled = new AbortController();
// A runner that cancels a job interrupts first and kills later.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancelled.abort());

const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  exit: (code) => {
    process.exitCode = code;
  },
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  colour: false,
  progress: false,
  signal: cancelled.signal,
};

await runAction(io, MESHGRAPH_VERSION);
