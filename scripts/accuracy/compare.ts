import { NOBODY, type OurEdge } from './ours.ts';
import type { Counted } from './truth.ts';

export type Compared = Counted & {
  readonly called: number;
  readonly arrived: number;
  readonly ours: number;
  readonly reason: string;
};

/** The unmeshed caller of the recording: no proxy of its own, so only the called side tells of it. */
const UNMESHED = 'legacy/cron';

/**
 * Each thing an application counted beside what meshgraph has of it. Of two layers the greater total counts: what arrived
 * is the floor of what was called, and what was called of what arrived at a pod that is gone.
 */
export function compare(truth: readonly Counted[], ours: readonly OurEdge[]): Compared[] {
  return truth
    .map((row) => {
      const caller = row.caller === UNMESHED ? NOBODY : row.caller;
      const found = ours.find((one) => same({ ...row, caller }, one)) ?? { called: 0, arrived: 0 };
      const { called, arrived } = found;
      const total = Math.max(called, arrived);
      return { ...row, called, arrived, ours: total, reason: reasonFor(row, called, arrived) };
    })
    .sort((a, b) => (label(a) < label(b) ? -1 : 1));
}

export const label = ({ caller, callee, port, outcome }: Counted): string => `${caller} → ${callee}:${port} ${outcome}`;

const same = (a: Counted, b: OurEdge): boolean =>
  a.caller === b.caller && a.callee === b.callee && a.port === b.port && a.outcome === b.outcome;

function reasonFor(row: Counted, called: number, arrived: number): string {
  const exact = Math.max(called, arrived) === row.count;
  if (exact && called === row.count && (arrived === row.count || arrived === 0)) return '';
  if (row.caller === UNMESHED && exact) return 'the caller has no proxy: only the called side can tell';
  if (exact && called < arrived) return 'the caller was stopped between two scrapes; the called side has them all';
  if (exact) return 'the called pod was stopped between two scrapes; the caller has them all';
  return 'the caller was stopped between two scrapes, and its own proxy refused the rest: no other proxy ever saw them';
}
