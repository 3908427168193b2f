import { placesOf } from '../../calls/blame.ts';
import { CALL_COLUMNS, callViolations } from '../../calls/call-violations.ts';
import { callsInWords, caveats, decidingFact, refusalInWords } from '../../calls/call-words.ts';
import { type Effect, effectOn } from '../../calls/effect.ts';
import type { GateRule } from '../../rule.ts';

export const callsMayBeDenied: GateRule = {
  id: 'calls-may-be-denied',
  group: 'calls',
  title: 'calls that are made today are let in whatever they are like',
  severity: 'medium',
  rationale:
    'Proxies count calls by caller, callee and port. Which path was asked for, from which address, in which version of ' +
    'HTTP, they do not tell. Of these calls some would be refused after the change and others not, depending on that; ' +
    'or they pass only for as long as the policy audits.',
  remedy:
    "Find out the fact that the message names (the caller's code, an access log of the proxy, the addresses of the pods) and admit what is used.",
  columns: CALL_COLUMNS,
  judge: (judged) => ({
    caused: callViolations(
      judged,
      (call) => {
        const effect = effectOn(call);
        return effect?.kind === 'may-be-denied' || effect?.kind === 'audited' ? effect : undefined;
      },
      ([effect], calls) => ({
        message: `${callsInWords(calls)}, ${fateInWords(effect)}${caveats(effect, calls)}`,
        places: placesOf(judged, calls[0].edge, effect.hit[0]),
      }),
    ),
    existing: [],
  }),
};

function fateInWords({ kind, hit, spared }: Effect): string {
  const [{ after }] = hit;
  const fact = decidingFact({ hit, spared });
  const depending = fact === '' ? '' : `, ${fact}`;
  if (kind === 'audited') return `would pass only while policy audits, and be denied once it is enforced${depending}`;
  if (after.verdict === 'unknown') return `may be denied: ${after.reason}`;
  return `may be ${refusalInWords(after)}${depending}`;
}
