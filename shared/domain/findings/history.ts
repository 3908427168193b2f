import type { FindingState } from '../alerts/finding-change.ts';

/**
 * A state that a finding entered, when (epoch ms), by whom and why. `by` is a person, or `meshgraph.yaml` for an exception;
 * absent where an evaluation did it. `until` is the first instant an acceptance no longer holds.
 */
export type HistoryEntry = {
  readonly state: FindingState['state'];
  readonly at: number;
  readonly by?: string | undefined;
  readonly why?: string | undefined;
  readonly until?: number | undefined;
};

/** The graph keeps the first entry and the newest ones: a finding that flaps for a year must not grow without end. */
const MOST_ENTRIES = 100;

export const appendEntry = (history: readonly HistoryEntry[], entry: HistoryEntry): HistoryEntry[] => {
  const all = [...history, entry];
  return all.length <= MOST_ENTRIES ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_ENTRIES)];
};

/** An entry as the graph keeps it, for people too: `accepted 1795456189188 {"by":"eve","why":"pen test","until":...}`. */
export function formatEntry({ state, at, ...told }: HistoryEntry): string {
  const known = Object.entries(told).filter(([, value]) => value !== undefined);
  return [state, at, ...(known.length > 0 ? [JSON.stringify(Object.fromEntries(known))] : [])].join(' ');
}

/** The same read back; entries of older graphs have state and instant only. */
export function parseEntry(text: string): HistoryEntry {
  const [state = '', at = ''] = text.split(' ', 2);
  const told = text.slice(state.length + at.length + 2);
  return { state: state as HistoryEntry['state'], at: Number(at), ...(told === '' ? {} : JSON.parse(told)) };
}
