import { refusalInWords } from '../../calls/call-words.ts';
import { effectRule } from '../../calls/effect-rule.ts';

export const callsDenied = effectRule({
  id: 'calls-denied',
  title: 'calls that are made today are let in after the change',
  severity: 'high',
  rationale:
    'These calls were seen to be let in, and after the change Linkerd refuses them whatever they are like: no ' +
    'authorization matches, no route takes them, the two proxies do not speak the same, or nobody is there to answer.',
  remedy:
    'Admit the caller (its identity in the authentication that the policy requires, or a policy of its own), or move the caller first. If the calls are to end, end them at the caller and merge after that.',
  kinds: ['denied'],
  fate: ({ hit: [{ after }] }) => `would be ${refusalInWords(after)}`,
});
