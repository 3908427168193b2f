import { namespaceOf } from '../../../linkerd/policy/policy-object.ts';
import { objectKey, shownObject } from '../../object-key.ts';
import { type Place, stateRule, type Violation } from '../../rule.ts';
import { accountKey, accountsAreTold } from '../../service-accounts.ts';
import { stateIndex } from '../../state-index.ts';
import { type Carriers, carriers, type Nobody } from './carriers.ts';
import { type NamedIdentity, namedIdentities } from './named-identities.ts';

export const unknownIdentity = stateRule({
  id: 'unknown-identity',
  group: 'policy',
  title: 'policies name ServiceAccounts that exist',
  severity: 'medium',
  rationale:
    'A policy names a ServiceAccount that is not there, so nobody carries the identity: those who were meant are denied, and whoever may create an account of that name will be let in. Left out: where ServiceAccounts could not be read, and identities of linked clusters. Low where a linked cluster has the same trust domain, for it may have the account.',
  remedy: 'Correct the name, or leave it out of the policy when the account is gone for good.',
  columns: ['object', 'namespace', 'kind', 'identity'],
  violations: (state, judged) => {
    if (!accountsAreTold(judged)) return [];
    const known = carriers(state);
    return namedIdentities(stateIndex(state)).flatMap((one) => {
      const nobody = known.nobody(one.named);
      return nobody ? [toViolation(one, nobody, known, judged.laid.removed)] : [];
    });
  },
});

function toViolation(
  { object, field }: NamedIdentity,
  { identity, why, account, near }: Nobody,
  { isShared }: Carriers,
  removed: ReadonlyMap<string, unknown>,
): Violation {
  const key = objectKey(object);
  const target = account && accountKey(account.namespace, account.name);
  const gone = target !== undefined && removed.has(target) ? ' (the change deletes it)' : '';
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  const unless = isShared ? ', unless a linked cluster has it' : '';
  const places: Place[] = [{ key, field }, ...(target === undefined ? [] : [{ key: target }])];
  return {
    message: `${shownObject(object)} names ${identity}, but ${why}${gone}, so nobody is admitted by it${unless}${hint}`,
    ...(isShared ? { severity: 'low' as const } : {}),
    places,
    fingerprint: [key, identity],
    row: { object: shownObject(object), namespace: namespaceOf(object), kind: object.kind, identity },
  };
}
