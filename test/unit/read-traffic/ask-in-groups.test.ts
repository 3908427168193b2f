import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askInGroups, type NamespaceSize } from '../../../functions/read-traffic/ask-in-groups.ts';
import { type PrometheusAnswer, readTraffic } from '../../../functions/read-traffic/read-traffic.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';
import { SampleLimitError } from '../../../shared/linkerd/traffic/sample-limit.ts';
import type { RawSeries } from '../../../shared/linkerd/traffic/series.ts';

const ROOM_FOR_ALL = 'job="linkerd-proxy"';

/** The namespaces a selector lets through, of all there are. */
const namespacesIn = (selector: string, all: readonly NamespaceSize[]): NamespaceSize[] => {
  const pattern = /namespace=~"(.*)"$/.exec(selector)?.[1];
  if (pattern === undefined) return [...all];
  const wanted = new RegExp(`^(?:${JSON.parse(`"${pattern}"`)})$`);
  return all.filter(({ namespace }) => wanted.test(namespace));
};

const row = (namespace: string): RawSeries => ({ labels: { namespace }, times: [0], values: [1] });

/** A server that answers a row a namespace, and refuses what has more than `most` proxies. */
function server(all: readonly NamespaceSize[], most: number) {
  const asked: string[] = [];
  const ask = async (selector: string) => {
    asked.push(selector);
    const found = namespacesIn(selector, all);
    if (found.reduce((sum, { proxies }) => sum + proxies, 0) > most) throw new SampleLimitError('too many samples');
    return found.map(({ namespace }) => row(namespace));
  };
  return { asked, ask: askInGroups(ask, VIZ_LABELS, async () => all) };
}

const told = (rows: readonly RawSeries[]): string[] => rows.map(({ labels }) => labels.namespace ?? '').sort();

describe('a query that is too much for the server', () => {
  const namespaces = fc.uniqueArray(
    fc.record({ namespace: fc.stringMatching(/^[a-z0-9-]{0,12}$/), proxies: fc.integer({ min: 0, max: 40 }) }),
    { selector: ({ namespace }) => namespace, minLength: 2, maxLength: 40 },
  );

  test('is asked of groups that have each namespace once, and the groups are kept for the next', async () => {
    await fc.assert(
      fc.asyncProperty(namespaces, fc.integer({ min: 40, max: 400 }), async (all, most) => {
        const { asked, ask } = server(all, most);
        const whole = all.map(({ namespace }) => namespace).sort();
        expect(told(await ask(({ selector }) => selector))).toEqual(whole);
        const first = asked.length;
        expect(told(await ask(({ selector }) => selector))).toEqual(whole);
        expect(asked.length - first).toBeLessThanOrEqual(first);
        expect(first).toBeLessThanOrEqual(2 * 64);
      }),
    );
  });

  test('is asked once where it is not', async () => {
    const { asked, ask } = server([{ namespace: 'shop', proxies: 10 }], 10);
    await ask(({ selector }) => selector);
    expect(asked).toEqual([ROOM_FOR_ALL]);
  });

  test('is refused where one namespace alone is too much, and where it would take more than 64 groups', async () => {
    const large = [
      { namespace: 'shop', proxies: 11 },
      { namespace: 'bank', proxies: 1 },
    ];
    await expect(server(large, 10).ask(({ selector }) => selector)).rejects.toThrow(SampleLimitError);
    const many = Array.from({ length: 70 }, (_, i) => ({ namespace: `team-${i}`, proxies: 10 }));
    await expect(server(many, 10).ask(({ selector }) => selector)).rejects.toThrow(SampleLimitError);
  });

  test('is not asked again after another error', async () => {
    const failing = askInGroups(
      () => Promise.reject(new Error('gone')),
      VIZ_LABELS,
      async () => [],
    );
    await expect(failing(({ selector }) => selector)).rejects.toThrow('gone');
  });
});

test('queries of groups stay short enough for the URI of a proxy, with long names and proxies that lapsed', async () => {
  const longest: string[] = [];
  const names = Array.from({ length: 60 }, (_, i) => `a-rather-long-name-of-a-namespace-${i}`);
  const answer = (labels: Record<string, string>): RawSeries => ({ labels, times: [0], values: [3] });
  const query = async (promql: string): Promise<PrometheusAnswer> => {
    longest.push(promql);
    if (promql.startsWith('count by(namespace)(last_over_time(up')) {
      return { series: names.map((namespace) => answer({ namespace })), warnings: [] };
    }
    if (!promql.includes('namespace=~')) throw new SampleLimitError('too many samples');
    const lapsed = Array.from({ length: 20 }, (_, i) => answer({ what: 'lapsed', instance: `100.100.100.${i}:4191` }));
    return { series: promql.includes('"gap"') ? lapsed : [], warnings: [] };
  };
  await readTraffic(
    { query, now: () => 1_000_000 },
    {
      cluster: 'c',
      window: { from: 0, to: 60_000 },
      labels: VIZ_LABELS,
      settlingMs: 0,
      lookbackMs: 900_000,
      farLookbackMs: 86_400_000,
      retainIdleMs: 600_000,
    },
  );
  expect(longest.length).toBeGreaterThan(8 * 20);
  expect(Math.max(...longest.map((promql) => encodeURIComponent(promql).length))).toBeLessThan(65_000);
});
