import { describe, expect, it } from 'vitest';
import {
  type ArrivedWindows,
  type CalledWindows,
  mergeLayers,
} from '../../../shared/domain/traffic-series/merge-layers.ts';

const called = (caller: string, counts: readonly number[], more: Partial<CalledWindows> = {}): CalledWindows => ({
  caller,
  callee: 'authors',
  port: 7001,
  protocol: 'http',
  at: counts.map((_, i) => i * 60_000),
  counts,
  ...more,
});

const arrived = (
  identity: string,
  verdict: string,
  counts: readonly number[],
  more: Partial<ArrivedWindows> = {},
): ArrivedWindows => ({
  identity,
  verdict,
  callee: 'authors',
  port: 7001,
  protocol: 'http',
  at: counts.map((_, i) => i * 60_000),
  counts,
  ...more,
});

const owners = new Map([
  ['id:scanner', ['scanner']],
  ['id:webapp', ['webapp']],
  ['id:default', ['cron', 'vote-bot']],
]);

describe('the merged view of calls and arrivals', () => {
  it('gives a killed caller back the last counts that only the called side still has', () => {
    const [edge, ...others] = mergeLayers(
      [called('scanner', [30, 12])],
      [arrived('id:scanner', 'denied', [30, 15])],
      owners,
    );
    expect(others).toEqual([]);
    expect(edge).toMatchObject({
      caller: 'scanner',
      callee: 'authors',
      called: 42,
      arrived: 45,
      count: 45,
      verdicts: { denied: 45 },
    });
  });

  it('takes the greater layer window by window, not over the whole period', () => {
    const [edge] = mergeLayers([called('webapp', [10, 2])], [arrived('id:webapp', 'allowed', [4, 9])], owners);
    expect(edge).toMatchObject({ called: 12, arrived: 13, count: 19, verdicts: { allowed: 13, unmatched: 6 } });
  });

  it('splits one edge by verdict when the policy changed', () => {
    const arrivals = [arrived('id:webapp', 'denied', [5, 0]), arrived('id:webapp', 'allowed', [1, 6])];
    const [edge] = mergeLayers([called('webapp', [6, 6])], arrivals, owners);
    expect(edge).toMatchObject({ count: 12, verdicts: { denied: 5, allowed: 7 } });
  });

  it('leaves an unmeshed caller without a workload', () => {
    const edges = mergeLayers([], [arrived('prod/Unauthenticated', 'denied', [137])], owners);
    expect(edges).toEqual([
      {
        caller: 'prod/Unauthenticated',
        callee: 'authors',
        port: 7001,
        unit: 'requests',
        called: 0,
        arrived: 137,
        count: 137,
        verdicts: { denied: 137 },
        firstAt: 0,
        lastAt: 0,
      },
    ]);
  });

  it('does not guess which of several workloads with one identity called', () => {
    const edges = mergeLayers([called('cron', [3])], [arrived('id:default', 'allowed', [8])], owners);
    expect(edges).toMatchObject([
      { caller: 'cron', count: 3, verdicts: { unmatched: 3 } },
      { caller: 'id:default', count: 8, verdicts: { allowed: 8 } },
    ]);
  });

  it('tells calls to a callee without a proxy as unmatched', () => {
    const edges = mergeLayers([called('webapp', [4], { callee: 'inventory', port: 9000 })], [], owners);
    expect(edges).toMatchObject([{ callee: 'inventory', count: 4, arrived: 0, verdicts: { unmatched: 4 } }]);
  });

  it('adds up the series of one pair and keeps ports, and requests and connections, apart', () => {
    const edges = mergeLayers(
      [
        called('webapp', [1]),
        called('webapp', [2], { protocol: 'grpc' }),
        called('webapp', [9], { protocol: 'tcp' }),
        called('webapp', [5], { port: 7002 }),
      ],
      [arrived('id:webapp', 'allowed', [3]), arrived('id:webapp', 'allowed', [9], { protocol: 'tcp' })],
      owners,
    );
    expect(edges).toMatchObject([
      { port: 7001, unit: 'requests', count: 3, verdicts: { allowed: 3 } },
      { port: 7001, unit: 'connections', count: 9, verdicts: { allowed: 9 } },
      { port: 7002, unit: 'requests', count: 5, verdicts: { unmatched: 5 } },
    ]);
  });

  it('says when the first and the last active window began', () => {
    const [edge] = mergeLayers([called('webapp', [1, 1, 1])], [arrived('id:webapp', 'allowed', [0, 0, 0, 2])], owners);
    expect(edge).toMatchObject({ firstAt: 0, lastAt: 180_000 });
  });
});
