import type { Outcome as Word } from '../../linkerd/policy/verdict.ts';
import { MAY_BE, type TurnedCall } from '../report.ts';
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
    .flatMap((call) => {
      const turn = turnOf(call);
      return turn ? [{ told: toldCall(call, turn), gravity: GRAVEST_FIRST.indexOf(turn.hit[0].after.verdict) }] : [];
    })
    .sort((a, b) => a.gravity - b.gravity || b.told.count - a.told.count || (nameOf(a.told) < nameOf(b.told) ? -1 : 1))
    .map(({ told }) => told);

const nameOf = ({ from, to, port }: TurnedCall): string => JSON.stringify([from, to, port]);

/** The ways to come that turn, gravest first, and those that fared alike before and do not: then only some calls may turn. */
type Turn = Pick<Effect, 'hit' | 'spared'>;

function turnOf({ outcomes }: JudgedCall): Turn | undefined {
  const [first, ...others] = outcomes
    .filter(({ before, after }) => before.verdict !== after.verdict)
    .toSorted((a, b) => GRAVEST_FIRST.indexOf(a.after.verdict) - GRAVEST_FIRST.indexOf(b.after.verdict));
  if (first === undefined) return undefined;
  const isAlike = ({ after }: Outcome): boolean =>
    fails(first.after) ? fails(after) : after.verdict === first.after.verdict;
  const hit = [first, ...others.filter(isAlike)] as const;
  // Calls that fared otherwise before are none of these.
  const spared = outcomes.filter((one) => fails(one.before) === fails(first.before) && !isAlike(one));
  return { hit, spared };
}

function toldCall(call: JudgedCall, turn: Turn): TurnedCall {
  const { edge, count } = call;
  const { from, to, port, unit, last } = edge;
  const { before, after } = turn.hit[0];
  const isSure = turn.spared.length === 0 || after.verdict === 'unknown';
  return {
    from: shownEnd(from),
    to: shownEnd(to),
    port,
    unit,
    count,
    last,
    before: before.verdict,
    after: isSure ? after.verdict : `${MAY_BE}${after.verdict}`,
    reason: reasonOf({ kind: 'denied', ...turn }, call),
  };
}

function reasonOf(effect: Effect, call: JudgedCall): string {
  const [{ after }] = effect.hit;
  const fact = decidingFact(effect);
  return `${fails(after) ? refusalInWords(after) : after.reason}${fact && `, ${fact}`}${caveats(effect, [call])}`;
}
