import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprint, toFinding } from '../../../shared/checks/finding.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';

const denied = CHECKS.find(({ id }) => id === 'denied-arrivals')!;
const row = {
  identity: 'scanner.rogue.serviceaccount.identity.linkerd.cluster.local',
  clientKey: 'c/Identity/scanner.rogue.serviceaccount.identity.linkerd.cluster.local',
  owners: ['rogue/scanner'],
  workloadKey: 'c/books/Deployment/authors',
  workload: 'books/authors',
  port: 7001,
  server: 'server/authors-http',
  route: 'HTTPRoute/authors-read',
  verdict: 'denied',
  count: 118,
  first: 1795456189188,
  last: 1795456432338,
  since: 1795456189188,
};
const find = async (values: Partial<typeof row>) => {
  const [violation] = denied.violations([{ ...row, ...values }]);
  return toFinding('c', denied, 'high', violation!);
};

test('a fingerprint is the first half of the SHA-256 of check and fields, as node:crypto computes it', async () => {
  const expected = createHash('sha256').update('["some-check","a",1]').digest('hex').slice(0, 32);
  expect(await fingerprint('some-check', ['a', 1])).toBe(expected);
});

test('the same violation keeps its fingerprint when counts and times move on', async () => {
  const [early, late] = await Promise.all([find({}), find({ count: 900, last: row.last + 1, owners: [] })]);
  expect(late.key).toBe(early.key);
  expect(late.message).not.toBe(early.message);
});

test.each([
  { port: 7002 },
  { workloadKey: 'c/books/Deployment/books' },
  { server: 'default/deny' },
  { route: 'HTTPRoute/x' },
])('another place is another finding: %o', async (values) => {
  expect((await find(values)).fingerprint).not.toBe((await find({})).fingerprint);
});

test('the message names caller, count, place and policy, and the entities are those of the graph', async () => {
  expect(await find({})).toMatchObject({
    message:
      'scanner.rogue.serviceaccount.identity.linkerd.cluster.local (rogue/scanner) was denied 118 times at ' +
      'books/authors:7001 by server/authors-http, HTTPRoute/authors-read, last 2026-11-23T17:53:52.338Z',
    about: [
      { label: 'Identity', key: row.clientKey },
      { label: 'Workload', key: row.workloadKey },
    ],
  });
});
