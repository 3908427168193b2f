import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a module exports as `work`, to be measured; input and output are plain data. */
export type Work<Input, Output> = (input: Input) => Promise<Output>;

export type Apart<Output> = {
  readonly output: Output;
  /** Peak resident memory of the process, and what it had before the work began, its modules loaded. */
  readonly peakBytes: number;
  readonly idleBytes: number;
};

/**
 * Runs the `work` of a module of this folder in a process of its own, so that its peak memory and its processor
 * time are nobody else's. `nodeOptions` are those of that process: a limit for its heap.
 */
export async function runApart<Input, Output>(
  module: string,
  input: Input,
  nodeOptions: readonly string[] = [],
): Promise<Apart<Output>> {
  const child = fork(join(import.meta.dirname, 'apart-process.ts'), [join(import.meta.dirname, module)], {
    execArgv: ['--import', join(import.meta.dirname, '../../scripts/cypher-text.mjs'), ...nodeOptions],
    serialization: 'advanced',
  });
  child.send({ input });
  let answer: Apart<Output> | undefined;
  child.once('message', (message) => {
    answer = message as Apart<Output>;
  });
  const [code] = await once(child, 'exit');
  if (answer === undefined) throw new Error(`${module} ended with code ${code} before it answered`);
  return answer;
}
