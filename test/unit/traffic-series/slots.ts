import fc from 'fast-check';
import { measuresOf, type Slot } from '../../../shared/domain/traffic-series/slot.ts';

export const MINUTE = 60_000;

const nothing = Object.fromEntries(measuresOf('CALLED'));

/** A CALLED slot of one minute; what is not named did not happen. */
export const slotAt = (at: number, values: Slot['values'], outcomes: Slot['outcomes'] = {}): Slot => ({
  at,
  length: MINUTE,
  values: { ...nothing, ...values },
  outcomes,
});

/** A CALLED slot within half an hour, so that a few of them meet in the same window. Counts are often 0, as in life. */
export const anySlot: fc.Arbitrary<Slot> = fc
  .record({
    window: fc.nat(30),
    counts: fc.tuple(...Array.from({ length: 6 }, () => fc.oneof(fc.constant(0), fc.nat(1_000)))),
    latency: fc.option(fc.tuple(fc.integer({ min: 0, max: 9_999 }), fc.nat(9), fc.nat(9)), { nil: undefined }),
    outcomes: fc.dictionary(fc.constantFrom('200', '404', '503', 'OK', 'FAIL_FAST'), fc.integer({ min: 1, max: 99 }), {
      noNullPrototype: true,
    }),
  })
  .map(({ window, counts, latency, outcomes }) => {
    const [requests, failures, refused, connections, bytesSent, bytesReceived] = counts as number[];
    const [p50, above, further] = latency ?? [-1, 0, 0];
    const values = {
      requests,
      failures,
      refused,
      connections,
      bytesSent,
      bytesReceived,
      p50,
      p95: p50 + above,
      p99: p50 + above + further,
    };
    return slotAt(window * MINUTE, values as Slot['values'], outcomes);
  });
