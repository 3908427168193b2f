import { describe, expect, test } from 'vitest';
import { type Door, knock } from '../../../../shared/gate/access/door.ts';
import { openedWays } from '../../../../shared/gate/access/opened-ways.ts';
import type { SampleRequest } from '../../../../shared/gate/access/sample-requests.ts';
import { parseAddress } from '../../../../shared/linkerd/policy/address.ts';
import { arrivalOf } from '../../../../shared/linkerd/policy/arrival.ts';
import { authorize } from '../../../../shared/linkerd/policy/authorize.ts';
import type { Call } from '../../../../shared/linkerd/policy/call.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/linkerd/policy/mesh-settings.ts';
import { inNetwork, networksOf } from '../../../../shared/linkerd/policy/network.ts';
import type { Workload } from '../../../../shared/linkerd/policy/workload.ts';
import { type Case, callOf, objectsOf, policiesOf, type RecordedCall, readLines } from '../../linkerd/policy/oracle.ts';
import { answerOf } from '../../linkerd/policy/recorded-answer.ts';
import { changed } from './small-mesh.ts';

/** What real proxies answered, each policy set in the same namespace (test/fixtures/policy-oracle/README.md). */
const cases = readLines<Case>('cases.jsonl.gz').map(
  (one) => JSON.parse(JSON.stringify(one).replaceAll(one.namespace, 'p-case')) as Case,
);

const EXPECTED: Readonly<Record<string, string>> = {
  unknown: 'http',
  'HTTP/1': 'http',
  'HTTP/2': 'http2',
  gRPC: 'grpc',
};
const PASSES = new Set(['allowed', 'audited', 'not-enforced', 'rate-limited']);

type Client = Case['clients'][string];

/** Calls of others straight to the pod, which its proxy counted or whose end is plain. */
const arriving = ({ calls }: Case): readonly RecordedCall[] =>
  calls.filter(({ target, client, result }) => target === 'web' && client !== 'self' && !result.burst);

const nameOf = ({ client, proto, port, method, path, host, headers }: RecordedCall): string =>
  JSON.stringify([client, proto, port, method, path, host, headers]);

/** A call as a sample of what the port expects; undefined where it speaks something else. */
function sampleOf(call: Call, { policy }: Door): SampleRequest | undefined {
  const spoken = EXPECTED[policy.protocol] ?? 'tcp';
  const raw = call.protocol === 'tcp' && spoken === 'http';
  if (call.serverSpeaksFirst || (spoken !== call.protocol && !raw)) return undefined;
  const { method = 'GET', path = '/', host = '', headers = {} } = call;
  return { shown: undefined, request: { method, path, host, headers }, ...(raw ? { raw } : {}) };
}

const passes = (recorded: RecordedCall): boolean => answerOf(recorded).verdicts.some((verdict) => PASSES.has(verdict));

test('a sample passes where a real proxy let the same call pass, and nowhere else', () => {
  let judged = 0;
  const different = cases.flatMap((record) => {
    const policies = policiesOf(record, false);
    const workload = policies.find({ namespace: record.server.namespace, name: record.server.name }) as Workload;
    return arriving(record).flatMap((recorded) => {
      const call = callOf(record, recorded);
      const door = { workload, port: call.port, policy: policies.portPolicy(workload, call.port) };
      const sample = sampleOf(call, door);
      if (sample === undefined) return [];
      judged += 1;
      const { outcome } = knock(door, arrivalOf(call, workload), sample);
      return (outcome === 'passes') === passes(recorded) ? [] : [`${record.id}: ${nameOf(recorded)}`];
    });
  });
  process.stdout.write(`samples: ${judged - different.length} of ${judged} pass or not as measured\n`);
  expect(different).toEqual([]);
  expect(judged).toBeGreaterThan(7000);
});

/** Whether a class of callers, as it is called, holds a client of the recording. */
function holds(who: string, client: Client): boolean {
  const within = (cidrs: readonly string[]): boolean => {
    const address = parseAddress(client.podIP);
    return address !== undefined && networksOf(cidrs).some((one) => inNetwork(one, address));
  };
  const [, bare = who, from] =
    /^(.+?)(?: from (?:the )?| in the | (?=outside the ))(cluster|outside the cluster|[\d./]+)$/.exec(who) ?? [];
  const inside = within(DEFAULT_SETTINGS.clusterNetworks);
  const isThere =
    from === undefined || (from === 'cluster' ? inside : from === 'outside the cluster' ? !inside : within([from]));
  return isThere && isOf(bare, client, within);
}

function isOf(bare: string, { identity, meshed }: Client, within: (cidrs: readonly string[]) => boolean): boolean {
  if (bare === 'anybody') return true;
  if (bare.startsWith('network ')) return within([bare.slice('network '.length)]);
  if (bare === 'every meshed workload') return meshed;
  const [account, home] = identity?.split('.') ?? [];
  if (bare.startsWith('identities *')) return identity?.endsWith(bare.slice('identities *'.length)) === true;
  return identity !== null && (bare === `namespace ${home}` || bare === `ServiceAccount ${home}/${account}`);
}

describe('from one measured policy set to another', () => {
  /** What Linkerd lets kubelets ask is left out: it opens nothing but their paths. */
  const isProbe = ({ counted }: RecordedCall) => counted?.some(({ route = '' }) => route.endsWith('probe')) === true;

  const pairs = cases.flatMap((before, i) =>
    [1, 7, 31, 97].map((step) => [before, cases[(i + step) % cases.length] as Case] as const),
  );

  test('every call that was denied and then passed is of a class that is told', () => {
    let turned = 0;
    const missed = pairs.flatMap(([before, after]) => {
      const known = new Map(arriving(before).map((call) => [nameOf(call), call]));
      const policies = policiesOf(before, false);
      const gained = arriving(after).filter((call) => {
        const then = known.get(nameOf(call));
        if (!then || passes(then) || !passes(call) || isProbe(call)) return false;
        const isSame = before.clients[call.client]?.podIP === after.clients[call.client]?.podIP;
        return isSame && authorize(policies, callOf(before, then)).verdict === 'denied';
      });
      if (gained.length === 0) return [];
      const told = openedWays(changed(objectsOf(before), { writes: objectsOf(after), deletes: objectsOf(before) }));
      turned += gained.length;
      return gained
        .filter(({ client, port }) => {
          const caller = after.clients[client];
          return !told.some((way) => way.port === port && caller && holds(way.who, caller));
        })
        .map(
          (call) => `${before.id} to ${after.id}: ${nameOf(call)} (${told.map(({ who, port }) => `${who} ${port}`)})`,
        );
    });
    process.stdout.write(`measured calls that gain: ${turned - missed.length} of ${turned} told\n`);
    expect(missed).toEqual([]);
    expect(turned).toBeGreaterThan(1000);
  });
});
