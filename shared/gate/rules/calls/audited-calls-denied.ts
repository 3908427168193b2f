import { placesOf } from '../../calls/blame.ts';
import { CALL_COLUMNS, callViolations } from '../../calls/call-violations.ts';
import { callsInWords, caveats, refusalInWords } from '../../calls/call-words.ts';
import { effectOn } from '../../calls/effect.ts';
import type { GateRule } from '../../rule.ts';

export const auditedCallsDenied: GateRule = {
  id: 'audited-calls-denied',
  group: 'calls',
  title: 'what policy audits is admitted before it is enforced',
  severity: 'high',
  rationale:
    'Under audit everybody passes, and who would not is counted. These calls were so counted, and the change enforces ' +
    'the policy without admitting them: the trial said that they would be denied.',
  remedy:
    'Admit the caller with an AuthorizationPolicy while the policy still audits, see that its calls count as allowed, and enforce then.',
  columns: CALL_COLUMNS,
  judge: (judged) => ({
    caused: callViolations(
      judged,
      (call) => {
        const effect = effectOn(call);
        return effect?.kind === 'audited-denied' ? effect : undefined;
      },
      ([effect], calls) => ({
        message: `${callsInWords(calls)}, pass under audit and would be ${refusalInWords(effect.hit[0].after)}${caveats(effect, calls)}`,
        places: placesOf(judged, calls[0].edge, effect.hit[0]),
      }),
    ),
    existing: [],
  }),
};
