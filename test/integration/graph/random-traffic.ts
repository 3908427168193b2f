import fc from 'fast-check';
import type { Arrival, Call, TrafficObservation } from '../../../shared/domain/observation.ts';
import { windowRows } from '../../../shared/domain/traffic-series/window-rows.ts';
import { scanRecord } from '../../../shared/graph/ledger/scan-record.ts';
import { aCall, anArrival, DAY, identity, observe, PERIOD, workload } from './traffic-observation.ts';

const name = fc.constantFrom('web', 'cart', 'stock');
const outcomes = fc.dictionary(fc.constantFrom('200', '404', '503'), fc.integer({ min: 1, max: 50 }), {
  noNullPrototype: true,
});
const often0 = fc.oneof(fc.constant(0), fc.nat(5_000));
const latency = fc.option(
  fc.nat(900).map((p50) => ({ p50: p50 / 4, p95: p50, p99: p50 * 2 })),
  { nil: undefined },
);

const call: fc.Arbitrary<Call> = fc
  .record({
    ends: fc.tuple(name, name),
    port: fc.constantFrom(80, 8080),
    counts: fc.record({
      requests: often0,
      failures: often0,
      refused: often0,
      connections: often0,
      bytesSent: often0,
      bytesReceived: often0,
    }),
    outcomes,
    latencyMs: latency,
  })
  .map(({ ends: [caller, callee], port, counts, outcomes, latencyMs }) =>
    aCall({
      caller: workload(caller),
      callee: { type: 'workload', ...workload(callee) },
      port,
      ...counts,
      outcomes,
      ...(latencyMs && { latencyMs }),
    }),
  );

const arrival: fc.Arbitrary<Arrival> = fc
  .record({
    client: name,
    to: name,
    verdict: fc.constantFrom('allowed' as const, 'denied' as const),
    requests: often0,
    outcomes,
  })
  .map(({ client, to, ...more }) => anArrival({ identity: identity(client), workload: workload(to), ...more }));

/** One reading of a window of three days, few enough of them that readings of one window meet. */
export const anyReading: fc.Arbitrary<TrafficObservation> = fc
  .record({
    window: fc.constantFrom(0, 1, 2, 11, 12, 13, 287, 288, 289, 576).map((n) => DAY + n * PERIOD),
    length: fc.oneof({ weight: 9, arbitrary: fc.constant(PERIOD) }, { weight: 1, arbitrary: fc.constant(PERIOD / 5) }),
    delay: fc.constantFrom(30_000, 90_000),
    complete: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    calls: fc.array(call, { maxLength: 4 }),
    arrivals: fc.array(arrival, { maxLength: 3 }),
  })
  .map(({ window, ...more }) => observe({ from: window, ...more }));

/**
 * What the graph must hold after these readings, by the plainest of means: a map from window to the reading that stands,
 * and from there to each series' windows.
 */
export function expectedTraffic(readings: readonly TrafficObservation[]): Record<string, unknown[]> {
  const standing = standingBy(readings, ({ window }) => window.from);
  const series: Record<string, unknown[]> = {};
  for (const reading of [...standing.values()].toSorted((a, b) => a.window.from - b.window.from)) {
    for (const { series: one, slot } of windowRows(reading)) {
      const { layer, from, to, props } = one;
      const key = JSON.stringify([layer, from.key, to.key, Object.entries(props).toSorted()]);
      series[key] = [
        ...(series[key] ?? []),
        { at: slot.at, length: slot.length, ...slot.values, outcomes: slot.outcomes },
      ];
    }
  }
  return series;
}

/** What the ledger must hold: of each window, the digest of the reading that stands among those of its id. */
export const expectedScans = (readings: readonly TrafficObservation[]): Record<string, string> =>
  Object.fromEntries([...standingBy(readings, ({ id }) => id)].map(([id, one]) => [id, scanRecord(one).digest]));

function standingBy<Key>(readings: readonly TrafficObservation[], keyOf: (one: TrafficObservation) => Key) {
  const standing = new Map<Key, TrafficObservation>();
  const rank = (one: TrafficObservation) =>
    `${one.coverage.complete} ${String(one.readAt).padStart(16, '0')} ${scanRecord(one).digest}`;
  for (const reading of readings) {
    const other = standing.get(keyOf(reading));
    if (!other || rank(reading) > rank(other)) standing.set(keyOf(reading), reading);
  }
  return standing;
}

/** The same from the lines of the canonical export. */
export function traffic(lines: readonly string[]): Record<string, unknown[]> {
  return Object.fromEntries(
    lines.map((line) => {
      const { type, from, to, identity, windows } = JSON.parse(line);
      const { cluster: _cluster, ...props } = identity;
      return [JSON.stringify([type, from[1], to[1], Object.entries(props).toSorted()]), windows];
    }),
  );
}
