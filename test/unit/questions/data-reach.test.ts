import { describe, expect, test } from 'vitest';
import { changedReach, type Sight } from '../../../shared/questions/changes/data-reach.ts';
import { makeWalk } from '../../../shared/questions/walk/walk.ts';

const node = (name: string) => ({ label: 'Workload', key: `c/${name}`, name });
type Called = readonly [from: string, to: string, first: number, last: number];

const sight = (calls: readonly Called[], holders: Readonly<Record<string, string[]>>): Sight => ({
  walk: makeWalk(
    calls.map(([from, to, first, last]) => {
      const seen = { ports: [80], count: 1, mTls: true, policies: [], first, last };
      return { from: node(from), to: node(to), ...seen };
    }),
  ),
  ends: Object.entries(holders).map(([name, holds]) => ({ key: `c/${name}`, holds })),
});

const told = (before: Sight, after: Sight) =>
  changedReach(before, after, 100).map(({ at, what, entity, story }) => [at, what, entity, story]);

const personal = { db: ['personal'] };
const api: Called = ['api', 'db', 10, 190];

describe('who reaches data, between two sights', () => {
  test('whoever reaches it by a new call is told, dated by that call, and so is who reaches it through them', () => {
    const after = sight([api, ['web', 'api', 150, 190], ['ingress', 'web', 20, 190]], personal);
    expect(told(sight([api], personal), after)).toEqual([
      [150, 'reaches data', 'web → personal data', 'web → api → db'],
      [150, 'reaches data', 'ingress → personal data', 'ingress → web → api → db'],
    ]);
  });

  test('whoever was not seen to reach it any more is told, dated by the call that ended first', () => {
    const before = sight([api, ['web', 'api', 10, 90], ['old', 'api', 10, 130]], personal);
    expect(told(before, sight([api], personal))).toEqual([
      [130, 'no longer reaches data', 'old → personal data', 'old → api → db'],
      [100, 'no longer reaches data', 'web → personal data', 'web → api → db'],
    ]);
  });

  test('data that somebody came to hold is reached by all who called it before, from then on', () => {
    const calls: Called[] = [['web', 'api', 10, 190]];
    expect(told(sight(calls, {}), sight(calls, { api: ['payments', 'personal'] }))).toEqual([
      [100, 'reaches data', 'web → payments data', 'web → api'],
      [100, 'reaches data', 'web → personal data', 'web → api'],
    ]);
  });

  test('another way to the same data is no news, nor is a call that leads to none', () => {
    const before = sight([api, ['web', 'api', 10, 190]], personal);
    const after = sight([api, ['web', 'db', 150, 190], ['web', 'log', 150, 190]], personal);
    expect(told(before, after)).toEqual([]);
  });
});
