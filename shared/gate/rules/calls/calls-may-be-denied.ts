import { decidingFact, refusalInWords } from '../../calls/call-words.ts';
import type { Effect } from '../../calls/effect.ts';
import { effectRule } from '../../calls/effect-rule.ts';

export const callsMayBeDenied = effectRule({
  id: 'calls-may-be-denied',
  title: 'calls that are made today are let in whatever they are like',
  severity: 'medium',
  rationale:
    'Proxies count calls by caller, callee and port. Which path was asked for, from which address, in which version of ' +
    'HTTP, they do not tell. Of these calls some would be refused after the change and others not, depending on that; ' +
    'or they pass only for as long as the policy audits.',
  remedy:
    "Find out the fact that the message names (the caller's code, an access log of the proxy, the addresses of the pods) and admit what is used.",
  kinds: ['may-be-denied', 'audited'],
  fate: fateInWords,
});

function fateInWords({ kind, hit, spared }: Effect): string {
  const [{ after }] = hit;
  const fact = decidingFact({ hit, spared });
  const depending = fact === '' ? '' : `, ${fact}`;
  if (kind === 'audited') return `would pass only while policy audits, and be denied once it is enforced${depending}`;
  if (after.verdict === 'unknown') return `may be denied: ${after.reason}`;
  return `may be ${refusalInWords(after)}${depending}`;
}
