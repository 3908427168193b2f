import { describe, expect, it } from 'vitest';
import { lintObject } from '../../../../../shared/linkerd/policy/lint/lint-object.ts';
import type { PolicyObject } from '../../../../../shared/linkerd/policy/policy-object.ts';
import { type Case, readLines } from '../oracle.ts';

type Put = {
  readonly id: string;
  readonly object: PolicyObject;
  readonly accepted: boolean;
  readonly message: string | null;
};

const puts = readLines<Put>('rejected.jsonl.gz');

/** The recorder put it beside a Server with the same selector and port. */
const others: readonly PolicyObject[] = [
  {
    apiVersion: 'policy.linkerd.io/v1beta3',
    kind: 'Server',
    metadata: { name: 'older', namespace: 'default' },
    spec: { podSelector: { matchLabels: { app: 'web' } }, port: 'http' },
  },
];

const lint = ({ id, object }: Put) => lintObject(object, id.startsWith('srv-overlap') ? { others } : {});

describe('lintObject against what a real API server and Linkerd webhook said', () => {
  it.each(puts.filter(({ accepted }) => !accepted))('refuses $id', (put) => {
    const errors = lint(put).filter(({ severity }) => severity === 'error');
    expect(errors).not.toEqual([]);
    for (const { field, message } of errors) {
      expect(field).toMatch(/^(spec|apiVersion)/);
      expect(message).toMatch(/expected|required|only|must|not|excludes?|exactly/);
    }
  });

  it.each(puts.filter(({ accepted }) => accepted))('takes $id and says what is odd about it', (put) => {
    const found = lint(put);
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(found).not.toEqual([]);
  });

  it('refuses and takes the objects of all recorded policy sets as the cluster did', () => {
    const records = readLines<Case>('cases.jsonl.gz');
    const errors = (object: PolicyObject, namespace: string) =>
      lintObject(object, { namespace }).filter(({ severity }) => severity === 'error');
    const stored = records.flatMap(({ objects, namespace }) => objects.map((object) => errors(object, namespace)));
    const refusedThere = records.flatMap(({ refused = [], namespace }) =>
      refused.map(({ object }) => errors(object, namespace)),
    );
    expect(stored.length).toBeGreaterThan(1300);
    expect(stored.filter((found) => found.length > 0)).toEqual([]);
    expect(refusedThere.length).toBeGreaterThan(0);
    expect(refusedThere.filter((found) => found.length === 0)).toEqual([]);
  });
});
