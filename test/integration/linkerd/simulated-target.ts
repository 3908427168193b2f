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

type Growth = { readonly time: number; readonly counter: number; readonly by: number };

export type Simulated = { readonly series: WrittenSeries[]; readonly growth: readonly Growth[] };

export function simulateTarget(
  seed: number,
  own: Record<string, string>,
  counters: Record<string, string>[],
  habits: Habits,
): Simulated {
  const target = new SimulatedTarget(seed, own, counters, habits);
  for (let scrape = 0; scrape < habits.scrapes; scrape += 1) target.step(scrape);
  return { series: [...target.written.values()], growth: target.growth };
}

class SimulatedTarget {
  readonly written = new Map<string, { labels: Record<string, string>; samples: WrittenSample[] }>();
  readonly growth: Growth[] = [];
  readonly #habits: Habits;
  readonly #names: readonly Record<string, string>[];
  readonly #states: readonly Counter[];
  readonly #random: () => number;
  readonly #tellsProcessStart: boolean;
  readonly #offset: number;
  #labels: Record<string, string>;
  #processStart: number;
  #gap = 0;

  constructor(seed: number, own: Record<string, string>, counters: Record<string, string>[], habits: Habits) {
    this.#random = generator(seed);
    this.#habits = habits;
    this.#names = counters;
    this.#states = counters.map(() => ({ value: 0, life: 0, present: false, idle: 0, missedGood: 0 }));
    this.#tellsProcessStart = this.#chance(0.7);
    this.#offset = this.#below(INTERVAL_MS);
    this.#labels = own;
    this.#processStart = habits.start / 1000;
  }

  readonly #chance = (p: number): boolean => this.#random() < p;
  readonly #below = (n: number): number => Math.floor(this.#random() * n);

  /** Ten seconds of life, then a scrape, unless Prometheus is away. */
  step(scrape: number): void {
    const time = this.#habits.start + scrape * INTERVAL_MS + this.#offset;
    if (this.#tellsProcessStart && this.#chance(0.01)) {
      this.#processStart = time / 1000;
      for (const state of this.#states) restart(state, this.#chance(0.5));
    }
    for (const state of this.#states) live(state, this.#tellsProcessStart, this.#habits, this.#chance, this.#below);
    this.#gap = this.#gap > 0 ? this.#gap - 1 : this.#chance(0.008) ? this.#below(this.#habits.longestGap) : 0;
    if (this.#gap === 0) this.#scrape(time, scrape);
  }

  #scrape(time: number, scrape: number): void {
    if (this.#chance(0.03)) {
      this.#markStale(time - 1);
      this.#write({ __name__: 'up' }, time, 0);
      return;
    }
    if (this.#chance(0.003)) {
      this.#markStale(time - 1);
      this.#write({ __name__: 'up' }, time - 1, 'stale');
      this.#labels = { ...this.#labels, version: String(scrape) };
    }
    this.#write({ __name__: 'up' }, time, 1);
    if (this.#tellsProcessStart) this.#write({ __name__: 'process_start_time_seconds' }, time, this.#processStart);
    this.#states.forEach((state, counter) => {
      this.#scrapeCounter(state, counter, time);
    });
  }

  #scrapeCounter(state: Counter, counter: number, time: number): void {
    const name = this.#names[counter] as Record<string, string>;
    if (!state.present) {
      if (state.missedGood === 0 && state.seen !== undefined) this.#write(name, time, 'stale');
      state.missedGood += 1;
      return;
    }
    if (this.#chance(0.005)) {
      this.#write(name, time, Number.NaN);
      return;
    }
    this.#write(name, time, state.value);
    const by = state.seen?.life === state.life ? state.value - state.seen.value : state.value;
    if (by > 0) this.growth.push({ time, counter, by });
    state.seen = { value: state.value, life: state.life };
  }

  #write(name: Record<string, string>, time: number, value: WrittenSample['value']): void {
    const labels = { ...this.#labels, ...name };
    const key = JSON.stringify(labels);
    const one = this.written.get(key) ?? { labels, samples: [] };
    this.written.set(key, one);
    one.samples.push({ time, value });
  }

  #markStale(time: number): void {
    this.#states.forEach((state, counter) => {
      if (state.present) this.#write(this.#names[counter] as Record<string, string>, time, 'stale');
    });
    if (this.#tellsProcessStart) this.#write({ __name__: 'process_start_time_seconds' }, time, 'stale');
  }
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
