import { placesOf } from '../../calls/blame.ts';
import { CALL_COLUMNS, callViolations } from '../../calls/call-violations.ts';
import { callsInWords, caveats, refusalInWords } from '../../calls/call-words.ts';
import { effectOn } from '../../calls/effect.ts';
import type { GateRule } from '../../rule.ts';

export const callsDenied: GateRule = {
  id: 'calls-denied',
  group: 'calls',
  title: 'calls that are made today are let in after the change',
  severity: 'high',
  rationale:
    'These calls were seen to be let in, and after the change Linkerd refuses them whatever they are like: no ' +
    'authorization matches, no route takes them, the two proxies do not speak the same, or nobody is there to answer.',
  remedy:
    'Admit the caller (its identity in the authentication that the policy requires, or a policy of its own), or move the caller first. If the calls are to end, end them at the caller and merge after that.',
  columns: CALL_COLUMNS,
  judge: (judged) => ({
    caused: callViolations(
      judged,
      (call) => {
        const effect = effectOn(call);
        return effect?.kind === 'denied' ? effect : undefined;
      },
      ([effect], calls) => ({
        message: `${callsInWords(calls)}, would be ${refusalInWords(effect.hit[0].after)}${caveats(effect, calls)}`,
        places: placesOf(judged, calls[0].edge, effect.hit[0]),
      }),
    ),
    existing: [],
  }),
};
