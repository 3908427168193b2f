import type { Outcome as Word } from '../../linkerd/policy/verdict.ts';
import type { TurnedCall } from '../report.ts';
import type { JudgedChange } from '../rule.ts';
import { caveats, decidingFact, refusalInWords, shownEnd } from './call-words.ts';
import type { Effect } from './effect.ts';
import { fails, type JudgedCall, type Outcome } from './judged-call.ts';
import { judgedCalls } from './judged-calls.ts';

const GRAVEST_FIRST: readonly Word[] = [
  'denied',
  'broken',
  'rate-limited',
  'unknown',
  'not-enforced',
  'audited',
  'allowed',
];

/** Every call seen whose verdict the change turns, to the worse or the better, gravest first. */
export const turnedCalls = (judged: JudgedChange): TurnedCall[] =>
  judgedCalls(judged)
    .flatMap(turnedCall)
    .sort((a, b) => gravity(a) - gravity(b) || b.count - a.count || (nameOf(a) < nameOf(b) ? -1 : 1));

const gravity = ({ after }: TurnedCall): number => GRAVEST_FIRST.indexOf(after as Word);
const nameOf = ({ from, to, port }: TurnedCall): string => JSON.stringify([from, to, port]);

function turnedCall(call: JudgedCall): TurnedCall[] {
  const { edge, count, outcomes } = call;
  const turned = outcomes.filter(({ before, after }) => before.verdict !== after.verdict);
  const [first, ...others] = turned.toSorted(
    (a, b) => GRAVEST_FIRST.indexOf(a.after.verdict) - GRAVEST_FIRST.indexOf(b.after.verdict),
  );
  if (first === undefined) return [];
  const spared = outcomes.filter((outcome) => !turned.includes(outcome));
  const { from, to, port, unit, last } = edge;
  const { verdict: before } = first.before;
  const { verdict: after } = first.after;
  const reason = reasonOf({ kind: 'denied', hit: [first, ...others], spared }, call, first);
  return [{ from: shownEnd(from), to: shownEnd(to), port, unit, count, last, before, after, reason }];
}

function reasonOf(effect: Effect, call: JudgedCall, { after }: Outcome): string {
  const fact = decidingFact(effect);
  return `${fails(after) ? refusalInWords(after) : after.reason}${fact && `, ${fact}`}${caveats(effect, [call])}`;
}
