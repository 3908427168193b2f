import { InvalidInputError } from '../domain/errors.ts';
import type { Manifest } from '../kubernetes/manifests/parse-manifests.ts';
import { withoutNulls } from '../linkerd/policy/policy-object.ts';
import type { Change } from './change.ts';
import { isJudged, unjudgedKinds } from './judged-kinds.ts';
import { refuseDuplicates } from './refuse-duplicates.ts';
import { refuseMisshapen } from './refuse-misshapen.ts';

export type GivenManifests = Pick<Change, 'full' | 'namespace'> & {
  readonly manifests: readonly Manifest[];
  /** The same manifests before the change. */
  readonly base: readonly Manifest[];
};

/**
 * What manifests are about to change, and what to know of it. Throws InvalidInputError, with files and lines, for an object
 * that is written twice or that no cluster takes, and where nothing is of a kind that is judged: a gate with nothing to judge is not open.
 */
export function transformChange({ manifests, base, full, namespace }: GivenManifests): {
  readonly change: Change;
  readonly notes: readonly string[];
} {
  refuseDuplicates(manifests, namespace);
  // A field without a value is not stored.
  const judged = manifests
    .filter(({ object }) => isJudged(object))
    .map((placed) => ({ ...placed, object: withoutNulls(placed.object) }));
  for (const placed of judged) refuseMisshapen(placed);
  const before = base.map(({ object }) => object).filter(isJudged);
  const others = unjudgedKinds(manifests.map(({ object }) => object));
  if (judged.length + before.length === 0) {
    throw new InvalidInputError(
      others === ''
        ? 'there is nothing to judge: the manifests hold no Kubernetes object'
        : `there is nothing to judge: the manifests hold ${others} only, of which the gate knows nothing to say`,
    );
  }
  const notes = others === '' ? [] : [`not judged, as it decides over no call and no power: ${others}`];
  return { change: { manifests: judged, base: before, full, namespace }, notes };
}
