import { SEVERITIES } from '../../checks/check.ts';
import { changeOf, type FindingChange } from '../alerts/finding-change.ts';
import { formatInstant } from '../instant.ts';
import { type Flapping, type FlappingRule, isSteady, openingsWithin, tellFlapping } from './flapping.ts';
import type { Life } from './life.ts';
import { noteOf } from './words.ts';

/** A change somebody may want to hear of, with why it came about where that is not plain. */
export type Told = {
  readonly change: FindingChange;
  readonly note?: string | undefined;
  readonly flapping?: Flapping | undefined;
};

export type Lived = { readonly after: Life; readonly told?: Told | undefined };

type Step = {
  readonly before: Life | undefined;
  readonly after: Life;
  readonly at: number;
  /** It was looked at: silence is no news of one that nobody could judge. */
  readonly judged: boolean;
};

/**
 * What is told of a step in a life. Of a finding that flaps, that it does, once; then only that it is graver, or that
 * somebody accepted it, until it was steady for as long as the rule looks back. If it is gone by then, that is told.
 */
export function tell(step: Step, rule: FlappingRule): Lived {
  const { before, after, at } = step;
  if (before !== undefined && before.flappingSince !== null) return tellFlapped({ ...step, before }, rule);
  const change = changed(before, after);
  if (change === undefined) return { after };
  const note = noteOf(before, after);
  if (change !== 'reopened' || before?.state !== 'resolved') return { after, told: { change, note } };
  const flapping = openingsWithin(after.history, at, rule);
  if (flapping.times < rule.times) return { after, told: { change, note } };
  const told = { change, flapping, note: tellFlapping(flapping, rule) };
  return { after: { ...after, flappingSince: flapping.since }, told };
}

function tellFlapped({ before, after, at, judged }: Step & { readonly before: Life }, rule: FlappingRule): Lived {
  const calm = { ...after, flappingSince: null };
  if (after.state === 'accepted') return { after: calm, told: { change: 'accepted', note: noteOf(before, after) } };
  const steady = judged && isSteady(before.history, at, rule);
  if (before.state === 'open') {
    if (steady) return tell({ before: { ...before, flappingSince: null }, after: calm, at, judged }, rule);
    const change = after.state === 'open' ? changed(before, after) : undefined;
    return { after, told: change && { change } };
  }
  if (after.state === 'open') {
    const graver = SEVERITIES.indexOf(after.severity) < SEVERITIES.indexOf(before.severity);
    return { after: steady ? calm : after, told: graver ? { change: 'escalated' } : undefined };
  }
  if (!steady) return { after };
  const since = formatInstant(before.history.at(-1)?.at ?? at);
  return { after: calm, told: { change: 'resolved', note: `it no longer flaps: gone since ${since}` } };
}

const changed = (before: Life | undefined, { state, severity }: Life): FindingChange | undefined =>
  changeOf(
    before && { ...before, wasOpen: before.history.some((entry) => entry.state === 'open') },
    state === 'resolved' ? undefined : { state, severity },
  );
