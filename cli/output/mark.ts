import type { Io } from '../io.ts';
import { type Colour, paint } from './paint.ts';

export type Outcome = 'ok' | 'warning' | 'failure';

const MARKS: Record<Outcome, readonly [sign: string, colour: Colour]> = {
  ok: ['√', 'green'],
  warning: ['‼', 'yellow'],
  failure: ['×', 'red'],
};

/** The signs of `linkerd check` for an outcome. */
export function mark(io: Pick<Io, 'colour'>, outcome: Outcome): string {
  const [sign, colour] = MARKS[outcome];
  return paint(io, colour, sign);
}
