import type { Life, LifeEvent } from '../../../shared/domain/findings/life.ts';
import {
  accept,
  acceptance,
  acceptedLife,
  found,
  hour,
  life,
  missed,
  resolvedLife,
  unjudged,
  withdraw,
} from './example.ts';

const by = (until: number) => ({ exception: { reason: 'known', until } });
/** Accepted by an exception of the configuration until an hour. */
export const excepted = (until: number, more: Partial<Life> = {}): Life =>
  life({
    state: 'accepted',
    ...by(until),
    history: [...life().history, { state: 'accepted', at: hour(1), by: 'meshgraph.yaml', why: 'known', until }],
    ...more,
  });
const neverOpen = excepted(hour(90), {
  history: [{ state: 'accepted', at: hour(0), by: 'meshgraph.yaml', why: 'known', until: hour(90) }],
});
export const late = hour(1_000);

/** Before, what happens, the state after, and what is told. */
export const TABLE: readonly (readonly [
  name: string,
  before: Life | undefined,
  event: LifeEvent,
  state: Life['state'],
  change: string | undefined,
])[] = [
  ['none: found', undefined, found(0), 'open', 'opened'],
  ['none: found, and an exception accepts it', undefined, found(0, by(late)), 'accepted', undefined],

  ['open: found', life(), found(50), 'open', undefined],
  ['open: found graver', life(), found(50, { severity: 'critical' }), 'open', 'escalated'],
  ['open: found less grave', life(), found(50, { severity: 'low' }), 'open', 'eased'],
  ['open: found, and an exception accepts it', life(), found(50, by(late)), 'accepted', 'accepted'],
  ['open: missed by a look as long as the one that found it', life(), missed(50), 'resolved', 'resolved'],
  ['open: missed by a shorter look', life(), missed(50, 23), 'open', undefined],
  [
    'open: missed, and no matter of traffic',
    life({ lookedBack: 0 }),
    missed(1, 0, { traffic: undefined }),
    'resolved',
    'resolved',
  ],
  ['open: unjudged', life(), unjudged(5_000), 'open', undefined],
  ['open: accepted by hand', life(), accept(2, late), 'accepted', 'accepted'],
  ['open: reopened by hand', life(), withdraw(2), 'open', undefined],

  ['accepted by hand: found before its end', acceptedLife(hour(60)), found(59), 'accepted', undefined],
  ['accepted by hand: found at its end', acceptedLife(hour(60)), found(60), 'open', 'reopened'],
  [
    'accepted by hand: found after it, and an exception accepts it',
    acceptedLife(hour(60)),
    found(61, by(late)),
    'accepted',
    undefined,
  ],
  ['accepted by hand: missed', acceptedLife(late), missed(50), 'resolved', undefined],
  ['accepted by hand: missed by a shorter look', acceptedLife(late), missed(50, 1), 'accepted', undefined],
  [
    'accepted by hand: missed by a shorter look after its end',
    acceptedLife(hour(49)),
    missed(50, 1),
    'open',
    'reopened',
  ],
  ['accepted by hand: unjudged before its end', acceptedLife(hour(60)), unjudged(59), 'accepted', undefined],
  ['accepted by hand: unjudged at its end', acceptedLife(hour(60)), unjudged(60), 'open', 'reopened'],
  ['accepted by hand: accepted for longer', acceptedLife(hour(60)), accept(50, late), 'accepted', undefined],
  ['accepted by hand: reopened', acceptedLife(late), withdraw(2), 'open', 'reopened'],

  ['accepted by exception: found, and it holds', excepted(hour(90)), found(50, by(hour(90))), 'accepted', undefined],
  ['accepted by exception: found, and it is gone or over', excepted(hour(90)), found(50), 'open', 'reopened'],
  ['accepted by exception from the start: found, and it is gone', neverOpen, found(50), 'open', 'opened'],
  ['accepted by exception: missed', excepted(hour(90)), missed(50), 'resolved', undefined],
  ['accepted by exception: unjudged before its end', excepted(hour(90)), unjudged(89), 'accepted', undefined],
  ['accepted by exception: unjudged at its end', excepted(hour(90)), unjudged(90), 'open', 'reopened'],
  ['accepted by exception: accepted by hand too', excepted(hour(90)), accept(50, late), 'accepted', undefined],

  ['resolved: found', resolvedLife(), found(50), 'open', 'reopened'],
  ['resolved: found, and an exception accepts it', resolvedLife(), found(50, by(late)), 'accepted', undefined],
  [
    'resolved: found while an acceptance of before holds',
    resolvedLife({ acceptance: acceptance(late) }),
    found(50),
    'accepted',
    undefined,
  ],
  [
    'resolved: found after an acceptance of before ended',
    resolvedLife({ acceptance: acceptance(hour(49)) }),
    found(50),
    'open',
    'reopened',
  ],
  ['resolved: missed', resolvedLife(), missed(50), 'resolved', undefined],
  ['resolved: unjudged', resolvedLife({ acceptance: acceptance(hour(49)) }), unjudged(50), 'resolved', undefined],
];
