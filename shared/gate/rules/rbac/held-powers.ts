import type { Grant } from '../../grants.ts';

/** What one ServiceAccount may do where: `power@namespace`; `power@` holds in the whole cluster. */
export type Held = ReadonlySet<string>;

/** `namespace/name` of the ServiceAccount a grant is for. */
export const accountOf = ({ subject }: Grant): string => `${subject.namespace}/${subject.name}`;

/** Powers by ServiceAccount. */
export function powersHeld(grants: readonly Grant[]): ReadonlyMap<string, Held> {
  const held = new Map<string, Set<string>>();
  for (const grant of grants) {
    if (grant.subject.kind !== 'ServiceAccount') continue;
    const own = held.get(accountOf(grant)) ?? new Set();
    held.set(accountOf(grant), own);
    for (const power of grant.powers ?? []) own.add(`${power}@${grant.namespace ?? ''}`);
  }
  return held;
}

/** Whether a power is held in a namespace (undefined = in the whole cluster): whoever may do everything there has it. */
export function holds(held: Held | undefined, power: string, namespace: string | undefined): boolean {
  const scopes = namespace === undefined ? [''] : ['', namespace];
  return scopes.some((scope) => held?.has(`${power}@${scope}`) || held?.has(`wildcard@${scope}`));
}
