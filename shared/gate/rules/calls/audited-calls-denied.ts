import { refusalInWords } from '../../calls/call-words.ts';
import { effectRule } from '../../calls/effect-rule.ts';

export const auditedCallsDenied = effectRule({
  id: 'audited-calls-denied',
  title: 'what policy audits is admitted before it is enforced',
  severity: 'high',
  rationale:
    'Under audit everybody passes, and who would not is counted. These calls were so counted, and the change enforces ' +
    'the policy without admitting them: the trial said that they would be denied.',
  remedy:
    'Admit the caller with an AuthorizationPolicy while the policy still audits, see that its calls count as allowed, and enforce then.',
  kinds: ['audited-denied'],
  fate: ({ hit: [{ after }] }) => `pass under audit and would be ${refusalInWords(after)}`,
});
