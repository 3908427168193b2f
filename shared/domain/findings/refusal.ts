import { formatInstant } from '../instant.ts';
import { holdsAt, type Life, type LifeEvent } from './life.ts';

type ByHand = Extract<LifeEvent, { kind: 'accepted' | 'withdrawn' }>;

/** Why a decision by hand does not fit a finding as it is, to be read after its name; nothing where it does. */
export function refusalOf({ state, exception }: Life, event: ByHand): string | undefined {
  if (event.kind === 'accepted') {
    return state === 'resolved' ? 'is resolved: there is nothing to accept until it opens again' : undefined;
  }
  if (state === 'resolved') return 'is resolved: it opens by itself when its check finds it again';
  if (exception === null || !holdsAt(exception, event.at)) return undefined;
  const until = formatInstant(exception.until);
  return `is accepted until ${until} by an exception in meshgraph.yaml (${exception.reason}): take that out instead`;
}
