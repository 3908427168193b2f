import { expect, test } from 'vitest';
import { parseOwnCheck } from '../../../../shared/checks/own-checks/parse-own-check.ts';
import { judgeRows } from '../../../../shared/gate/own-rules/to-violation.ts';

const rule = parseOwnCheck(
  {
    id: 'no-batch',
    folder: 'no-batch',
    yaml: 'title: a\nseverity: low\nrationale: b\nremedy: c\nmessage: "{who} on {ports}, {n} times, owner {owner}"\nfingerprint: [who]\nabout: [key]',
    query: 'RETURN 1',
  },
  { ids: [], noun: 'rule' },
);
const row = (who: string, n: number) => ({ who, n, ports: [80, 443], owner: null, key: 'prod/shop/Server/web' });

test('a row with a fingerprint that was there before was not caused, whatever else it says now; each is told once', () => {
  const keys = new Map([['prod/shop/Server/web', 'Server.policy.linkerd.io/shop/web']]);
  const { caused, existing } = judgeRows(
    rule,
    { before: [row('old', 1), row('gone', 1)], after: [row('old', 2), row('new', 3), row('new', 3)] },
    keys,
  );
  expect(existing.map(({ message }) => message)).toEqual(['old on 80, 443, 2 times, owner none']);
  expect(caused).toEqual([
    {
      message: 'new on 80, 443, 3 times, owner none',
      places: [{ key: 'Server.policy.linkerd.io/shop/web' }],
      fingerprint: ['"new"'],
      row: { who: 'new', n: 3, ports: ['80', '443'], owner: null, key: 'prod/shop/Server/web' },
    },
  ]);
});
