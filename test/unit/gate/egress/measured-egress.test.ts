import { expect, test } from 'vitest';
import { ANY_BYTES, ANY_HTTP } from '../../../../shared/gate/egress/egress-samples.ts';
import { type EgressWay, egressWays } from '../../../../shared/gate/egress/egress-ways.ts';
import { contains, parseAddress, parseCidr } from '../../../../shared/linkerd/policy/address.ts';
import { type Case, objectsOf, type RecordedCall, readLines } from '../../linkerd/policy/oracle.ts';
import { answerOf } from '../../linkerd/policy/recorded-answer.ts';
import { changed } from '../access/small-mesh.ts';

/** What real proxies answered to the same five calls under nine sets of EgressNetworks (test/fixtures/policy-oracle/README.md). */
const cases = readLines<Case>('cases.jsonl.gz')
  .map((one) => JSON.parse(JSON.stringify(one).replaceAll(one.namespace, 'p-case')) as Case)
  .filter(({ id }) => /^(eg|xg)-/.test(id));

const passed = (call: RecordedCall): boolean => answerOf(call).verdicts.includes('allowed');

function waysFrom(before: Case, after: Case): EgressWay[] {
  const stays = new Set(after.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  const deletes = before.objects.filter(({ kind, metadata }) => !stays.has(`${kind}/${metadata.name}`));
  return egressWays(changed(objectsOf(before), { writes: after.objects, deletes }));
}

const isIn = (block: string, target: string): boolean => {
  const [cidr, address] = [parseCidr(block), parseAddress(target)];
  return cidr !== undefined && address !== undefined && contains(cidr, address);
};

const isTold = ({ target, port, proto, method, path, host }: RecordedCall, ways: readonly EgressWay[]): boolean => {
  const names = new Set([proto === 'http' ? ANY_HTTP : ANY_BYTES, `${method} ${path} at ${host}`]);
  return ways.some(
    ({ namespaces, block: { cidr }, except, samples, ...way }) =>
      namespaces.includes('p-case') &&
      (cidr === undefined || isIn(cidr.text, target)) &&
      !except.some((text) => isIn(text, target)) &&
      (way.port === undefined || way.port === port) &&
      (samples.length === 0 || samples.some(({ shown }) => names.has(shown))),
  );
};

const changes = cases.flatMap((before) =>
  cases.filter((after) => after !== before).map((after) => ({ before, after })),
);
const judged = changes.flatMap(({ before, after }) => {
  const ways = waysFrom(before, after);
  return before.calls.map((call, i) => {
    const [did, does] = [passed(call), passed(after.calls[i] as RecordedCall)];
    return { change: `${before.id} to ${after.id}`, call, did, does, told: isTold(call, ways) };
  });
});

test('every measured call that was denied and then passed is told', () => {
  const gaining = judged.filter(({ did, does }) => !did && does);
  process.stdout.write(
    `measured calls out of the cluster that gain: ${gaining.length}, in ${changes.length} changes\n`,
  );
  expect(gaining.length).toBeGreaterThan(50);
  expect(gaining.filter(({ told }) => !told)).toEqual([]);
});

test('no call is told that was denied after the change', () => {
  expect(judged.filter(({ told, does }) => told && !does)).toEqual([]);
});
