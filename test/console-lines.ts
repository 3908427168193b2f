import type { Writable } from 'node:stream';
import { afterEach, beforeEach, vi } from 'vitest';

/** What a function writes to standard output and error while a test runs, as CloudWatch would take it: JSON, a line each. */
export function consoleLines(): { readonly all: () => Record<string, unknown>[]; readonly text: () => string } {
  let written = '';
  const take = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    written += String(chunk);
    const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    done?.();
    return true;
  }) as Writable['write'] as typeof process.stdout.write;
  beforeEach(() => {
    written = '';
    vi.spyOn(process.stdout, 'write').mockImplementation(take);
    vi.spyOn(process.stderr, 'write').mockImplementation(take);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return {
    all: () =>
      written
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => written,
  };
}
