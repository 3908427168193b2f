import type { GateRule, JudgedChange } from '../rule.ts';
import { placesOf } from './blame.ts';
import { CALL_COLUMNS, callViolations } from './call-violations.ts';
import { callsInWords, caveats } from './call-words.ts';
import { type Effect, effectOn } from './effect.ts';

type EffectRule = Omit<GateRule, 'group' | 'columns' | 'judge'> & {
  readonly kinds: readonly Effect['kind'][];
  /** What follows `118 requests of shop/web to shop/db:5432, last ..., `. */
  readonly fate: (effect: Effect) => string;
};

/** A rule about what a change does to calls that got through. It causes all of it: how such calls fared before is known. */
export const effectRule = ({ kinds, fate, ...description }: EffectRule): GateRule => ({
  ...description,
  group: 'calls',
  columns: CALL_COLUMNS,
  judge: (judged: JudgedChange) => ({
    caused: callViolations(
      judged,
      (call) => {
        const effect = effectOn(call);
        return effect && kinds.includes(effect.kind) ? effect : undefined;
      },
      ([effect], calls) => ({
        message: `${callsInWords(calls)}, ${fate(effect)}${caveats(effect, calls)}`,
        places: placesOf(judged, calls[0].edge, effect.hit[0]),
      }),
    ),
    existing: [],
  }),
});
