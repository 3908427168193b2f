import type { Io } from '../io.ts';

/** Writes a value as indented JSON and a newline to stdout: what `-o json` prints. */
export function writeJson(io: Pick<Io, 'out'>, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}
