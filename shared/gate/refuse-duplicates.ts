import { InvalidInputError } from '../domain/errors.ts';
import type { Placed } from './change.ts';
import { objectKey, settled, shownObject } from './object-key.ts';

/**
 * Throws InvalidInputError for an object that is written twice: which one counts would be chance. `namespace` is where objects
 * go that name none.
 */
export function refuseDuplicates(
  manifests: readonly Pick<Placed, 'object' | 'file' | 'line'>[],
  namespace = 'default',
): void {
  const seen = new Map<string, Pick<Placed, 'file' | 'line'>>();
  for (const { object, file, line } of manifests) {
    const settledObject = settled(object, namespace);
    const key = objectKey(settledObject);
    const other = seen.get(key);
    if (other) {
      throw new InvalidInputError(
        `${file}:${line}: ${shownObject(settledObject)} is also at ${other.file}:${other.line}: which one counts?`,
      );
    }
    seen.set(key, { file, line });
  }
}
