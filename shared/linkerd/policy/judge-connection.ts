import { admission } from './admission.ts';
import { type Judged, notesOn, serverChoice } from './judged.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** A connection that is not looked into: the Server's authorizations alone decide; refused, it is closed (reference 3.4). */
export function judgeConnection(judged: Judged, note?: string): Verdict {
  const { valid, void: ignored } = judged.policy.authorizations;
  const { admitted, reason, ...more } = admission({ valid, void: ignored }, judged.arrival);
  const notes = [...notesOn(judged), ...(note ? [note] : [])];
  const server = serverChoice(judged);
  return verdictOf(admitted, reason, { ...more, notes, server, status: admitted === 'denied' ? 'closed' : null });
}
