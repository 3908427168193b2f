import type { FlappingRule } from '../../../shared/domain/findings/flapping.ts';
import type { HistoryEntry } from '../../../shared/domain/findings/history.ts';
import type { Life, LifeEvent } from '../../../shared/domain/findings/life.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const start = Date.parse('2026-11-23T00:00:00Z');
export const hour = (n: number): number => start + n * HOUR;

export const RULE: FlappingRule = { times: 3, within: 7 * DAY };

/** One that was found at hour 0 by looking at a day of traffic, and has been open since. */
export const life = (more: Partial<Life> = {}): Life => ({
  state: 'open',
  severity: 'high',
  openedAt: hour(0),
  resolvedAt: null,
  acceptance: null,
  exception: null,
  lookedBack: DAY,
  quiet: null,
  parameters: [],
  flappingSince: null,
  history: [{ state: 'open', at: hour(0) }],
  ...more,
});

export const acceptance = (until: number) => ({ by: 'eve', reason: 'pen test', at: hour(1), until });

/** One that eve accepted at hour 1. */
export const acceptedLife = (until: number, more: Partial<Life> = {}): Life =>
  life({
    state: 'accepted',
    acceptance: acceptance(until),
    history: [...life().history, { state: 'accepted', at: hour(1), by: 'eve', why: 'pen test', until }],
    ...more,
  });

/** One that is over since hour 40. */
export const resolvedLife = (more: Partial<Life> = {}): Life =>
  life({
    state: 'resolved',
    resolvedAt: hour(40),
    history: [...life().history, { state: 'resolved', at: hour(40), why: 'looked for and not found' }],
    ...more,
  });

type Of<Kind extends LifeEvent['kind']> = Extract<LifeEvent, { kind: Kind }>;

/** Found at an hour by a look at the day before. */
export const found = (n: number, more: Partial<Of<'found'>> = {}): Of<'found'> => ({
  kind: 'found',
  at: hour(n),
  severity: 'high',
  exception: null,
  traffic: { since: hour(n) - DAY, until: hour(n) },
  parameters: [],
  ...more,
});

/** Not found at an hour by a look at the day before, or as many hours. */
export const missed = (n: number, hours = 24, more: Partial<Of<'missed'>> = {}): Of<'missed'> => ({
  kind: 'missed',
  at: hour(n),
  traffic: { since: hour(n - hours), until: hour(n) },
  parameters: [],
  ...more,
});

export const unjudged = (n: number): Of<'unjudged'> => ({ kind: 'unjudged', at: hour(n) });
export const accept = (n: number, until: number, reason = 'pen test'): Of<'accepted'> => ({
  kind: 'accepted',
  at: hour(n),
  by: 'eve',
  reason,
  until,
});
export const withdraw = (n: number): Of<'withdrawn'> => ({
  kind: 'withdrawn',
  at: hour(n),
  by: 'bob',
  reason: 'found out',
});

export const statesOf = (history: readonly HistoryEntry[]): string[] => history.map(({ state }) => state);
