import type { GateRule } from '../../rule.ts';
import { judgeAdmission } from './admission.ts';

export const admissionOdd: GateRule = {
  id: 'admission-odd',
  group: 'policy',
  title: 'what the cluster takes does what it seems to',
  severity: 'low',
  rationale:
    'The object is taken, but a part of it is dropped, compared otherwise than it reads, or makes Linkerd ignore the whole. Nobody is told: there is no condition and no event.',
  remedy: 'Write what is meant, as the message says, or leave the field out.',
  columns: ['object', 'namespace', 'kind', 'field'],
  judge: (judged) => judgeAdmission(judged, 'warning'),
};
