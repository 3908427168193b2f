import { describe, expect, it } from 'vitest';
import { authorize } from '../../../../shared/linkerd/policy/authorize.ts';
import { type Case, callOf, policiesOf, type RecordedCall, readLines } from './oracle.ts';
import { differences } from './recorded-answer.ts';

const records = readLines<Case>('cases.jsonl.gz');

/** Calls that never left the client's machine: its node has no route to Services. */
const neverSent = ({ result }: RecordedCall): boolean =>
  /network is unreachable/.test(result.error ?? result.tcp ?? '');

describe('authorize against what real proxies answered', () => {
  it.each([true, false])('agrees with every recorded call, with the statuses of routes trusted: %s', (trustStatus) => {
    const found: string[] = [];
    let judged = 0;
    let agreeing = 0;
    for (const record of records) {
      const policies = policiesOf(record, trustStatus);
      for (const call of record.calls.filter((one) => !neverSent(one))) {
        const different = differences(record, call, authorize(policies, callOf(record, call)));
        judged += 1;
        agreeing += different.length === 0 ? 1 : 0;
        found.push(...different);
      }
    }
    process.stdout.write(`policy oracle: ${agreeing} of ${judged} calls agree (statuses trusted: ${trustStatus})\n`);
    expect(found).toEqual([]);
    expect(judged).toBe(9126 - 6);
  });

  it('leaves out only calls the client could not send', () => {
    const left = records.flatMap(({ id, calls }) => calls.filter(neverSent).map(({ client }) => `${id}: ${client}`));
    expect(new Set(left)).toEqual(new Set(['svc-call: node', 'svc-call: link']));
  });
});
