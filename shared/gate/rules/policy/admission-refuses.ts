import type { GateRule } from '../../rule.ts';
import { judgeAdmission } from './admission.ts';

export const admissionRefuses: GateRule = {
  id: 'admission-refuses',
  group: 'policy',
  title: 'the API server and Linkerd take every object of the change',
  severity: 'high',
  rationale:
    "The API server or Linkerd's policy webhook will refuse the object, so that the change is applied in part: what was applied before it stays, what comes after it is missing. Known from what a real cluster answered to such objects (docs/policy.md, oracle 14).",
  remedy: 'Write the field as the message says.',
  columns: ['object', 'namespace', 'kind', 'field'],
  judge: (judged) => judgeAdmission(judged, 'error'),
};
