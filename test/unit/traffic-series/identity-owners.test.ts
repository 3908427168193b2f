import { describe, expect, it } from 'vitest';
import { ownersIn } from '../../../shared/domain/traffic-series/identity-owners.ts';

const owner = (name: string, from: number) => ({ identity: 'id', owner: name, from });

describe('the workloads that carry an identity in a period', () => {
  it('are all that were known before it ended, each once', () => {
    expect(ownersIn([owner('a', 1), owner('b', 9), owner('a', 5), owner('late', 10)], 10).get('id')).toEqual([
      'a',
      'b',
    ]);
  });

  it('are those known first afterwards where the period is older than the first scan', () => {
    expect(ownersIn([owner('later', 30), owner('a', 20)], 10).get('id')).toEqual(['a']);
  });
});
