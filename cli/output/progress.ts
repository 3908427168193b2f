import type { Io } from '../io.ts';

export type Progress = { readonly update: (text: string) => void; readonly clear: () => void };

const ERASE_LINE = '\r\u001b[2K';

/** One line on stderr that says what is being done now. Silent where stderr is no terminal; `clear` before any result. */
export function progressLine(io: Pick<Io, 'err' | 'progress' | 'columns'>): Progress {
  if (!io.progress) return { update: () => {}, clear: () => {} };
  // A line that wraps cannot be erased again.
  const width = (io.columns ?? 80) - 1;
  return {
    update: (text) => io.err(`${ERASE_LINE}${text.length > width ? `${text.slice(0, width - 1)}…` : text}`),
    clear: () => io.err(ERASE_LINE),
  };
}
