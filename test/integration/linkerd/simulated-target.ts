import type { WrittenSample, WrittenSeries } from '../../remote-write.ts';

/**
 * A scrape target simulated from the inside: processes that restart, counters that vanish when idle and begin again,
 * scrapes that fail, a Prometheus that is away, NaNs, labels that change. The simulation knows which life of a counter a
 * value belongs to, so it knows the visible growth of every window without inferring anything from the samples.
 */
export type Habits = {
  readonly scrapes: number;
  readonly start: number;
  /** Longest absence of Prometheus, in scrapes. */
  readonly longestGap: number;
  /** Scrapes a counter must stand still before it may vanish (Linkerd's retention). */
  readonly idleBeforeVanishing: number;
};

export const INTERVAL_MS = 10_000;

type Counter = {
  value: number;
  life: number;
  present: boolean;
  idle: number;
  missedGood: number;
  seen?: { value: number; life: number };
};

export type Simulated = {
  readonly series: WrittenSeries[];
  readonly growth: readonly { time: number; counter: number; by: number }[];
};

export function simulateTarget(
  seed: number,
  own: Record<string, string>,
  counters: Record<string, string>[],
  habits: Habits,
): Simulated {
  const random = generator(seed);
  const chance = (p: number): boolean => random() < p;
  const below = (n: number): number => Math.floor(random() * n);
  const tellsProcessStart = chance(0.7);
  const offset = below(INTERVAL_MS);
  const states: Counter[] = counters.map(() => ({ value: 0, life: 0, present: false, idle: 0, missedGood: 0 }));
  const written = new Map<string, { labels: Record<string, string>; samples: WrittenSample[] }>();
  const growth: { time: number; counter: number; by: number }[] = [];
  let labels = own;
  let processStart = habits.start / 1000;
  let gap = 0;

  const write = (name: Record<string, string>, time: number, value: WrittenSample['value']): void => {
    const all = { ...labels, ...name };
    const key = JSON.stringify(all);
    const one = written.get(key) ?? { labels: all, samples: [] };
    written.set(key, one);
    one.samples.push({ time, value });
  };
  const markStale = (time: number): void => {
    states.forEach((state, i) => {
      if (state.present) write(counters[i] as Record<string, string>, time, 'stale');
    });
    if (tellsProcessStart) write({ __name__: 'process_start_time_seconds' }, time, 'stale');
  };

  for (let scrape = 0; scrape < habits.scrapes; scrape += 1) {
    const time = habits.start + scrape * INTERVAL_MS + offset;
    if (tellsProcessStart && chance(0.01)) {
      processStart = time / 1000;
      for (const state of states) restart(state, chance(0.5));
    }
    for (const state of states) live(state, tellsProcessStart, habits, chance, below);
    gap = gap > 0 ? gap - 1 : chance(0.008) ? below(habits.longestGap) : 0;
    if (gap > 0) continue;
    if (chance(0.03)) {
      markStale(time - 1);
      write({ __name__: 'up' }, time, 0);
      continue;
    }
    if (chance(0.003)) {
      markStale(time - 1);
      write({ __name__: 'up' }, time - 1, 'stale');
      labels = { ...labels, version: String(scrape) };
    }
    write({ __name__: 'up' }, time, 1);
    if (tellsProcessStart) write({ __name__: 'process_start_time_seconds' }, time, processStart);
    states.forEach((state, counter) => {
      const name = counters[counter] as Record<string, string>;
      if (!state.present) {
        if (state.missedGood === 0 && state.seen !== undefined) write(name, time, 'stale');
        state.missedGood += 1;
        return;
      }
      if (chance(0.005)) {
        write(name, time, Number.NaN);
        return;
      }
      write(name, time, state.value);
      const by = state.seen?.life === state.life ? state.value - state.seen.value : state.value;
      if (by > 0) growth.push({ time, counter, by });
      state.seen = { value: state.value, life: state.life };
    });
  }
  return { series: [...written.values()], growth };
}

function restart(state: Counter, vanishes: boolean): void {
  state.life += 1;
  state.value = 0;
  state.idle = 0;
  if (vanishes && state.present) {
    state.present = false;
    state.missedGood = 0;
  }
}

function live(
  state: Counter,
  canRestart: boolean,
  habits: Habits,
  chance: (p: number) => boolean,
  below: (n: number) => number,
): void {
  if (!state.present) {
    // A counter that left must have been missing from an answered scrape, else nobody could know it had.
    if ((state.seen === undefined || state.missedGood > 0) && chance(0.1)) {
      state.present = true;
      state.life += 1;
      state.value = 1 + below(20);
      state.idle = 0;
    }
    return;
  }
  // A reset told by the value alone must still be smaller when it is next seen.
  if (!canRestart && state.seen !== undefined && state.seen.life !== state.life) return;
  const active = state.idle < 3 ? chance(0.7) : chance(0.03);
  state.value += active ? 1 + below(9) : 0;
  state.idle = active ? 0 : state.idle + 1;
  if (state.idle >= habits.idleBeforeVanishing && chance(0.1)) {
    state.present = false;
    state.missedGood = 0;
  } else if (!canRestart && state.seen !== undefined && state.seen.value > 1 && chance(0.01)) {
    // A reset nothing else tells of is one the value must tell of.
    state.life += 1;
    state.value = below(state.seen.value);
  }
}

/** mulberry32: small, seeded, good enough to vary cases. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
