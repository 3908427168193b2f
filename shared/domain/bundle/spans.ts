import type { Window } from '../window.ts';

/** Spans as few as cover the same instants, ascending. */
export function joinSpans(spans: readonly Window[]): Window[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
