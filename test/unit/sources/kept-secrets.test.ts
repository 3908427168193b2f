import { describe, expect, test } from 'vitest';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import { keepSecrets } from '../../../shared/sources/kept-secrets.ts';

const MINUTE = 60_000;

/** A secret store whose one secret changes with every reading. */
function changing() {
  let now = 0;
  let readings = 0;
  let fails = false;
  const secrets = keepSecrets(
    async (name) => {
      readings += 1;
      if (fails) throw new UnavailableError('throttled');
      return `${name} ${readings}`;
    },
    () => now,
  );
  return {
    ...secrets,
    wait: (ms: number) => {
      now += ms;
    },
    fail: (failing: boolean) => {
      fails = failing;
    },
  };
}

describe('a secret that was read', () => {
  test('is believed for five minutes, also by those who ask at once', async () => {
    const secrets = changing();
    expect(await Promise.all([secrets.read('a'), secrets.read('a')])).toEqual(['a 1', 'a 1']);
    secrets.wait(5 * MINUTE - 1);
    expect(await secrets.read('a')).toBe('a 1');
    secrets.wait(1);
    expect(await secrets.read('a')).toBe('a 2');
  });

  test('is read again when it is doubted, and that reading is believed', async () => {
    const secrets = changing();
    await secrets.read('a');
    expect(await secrets.reread('a')).toBe('a 2');
    expect(await secrets.read('a')).toBe('a 2');
  });

  test('is asked for again after a failure', async () => {
    const secrets = changing();
    secrets.fail(true);
    await expect(secrets.read('a')).rejects.toThrow('throttled');
    secrets.fail(false);
    expect(await secrets.read('a')).toBe('a 2');
  });
});
