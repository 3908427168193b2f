import type { GateState } from '../gate-state.ts';
import { type Door, isUnguarded } from './door.ts';
import { canonical } from './sample-callers.ts';
import { routeKey } from './sample-requests.ts';

/** The same for two doors that let the same callers ask for the same, whatever the policies are called. */
export function portSignature(door: Door, { byKey, policies }: GateState): string {
  if (isUnguarded(door)) return 'unguarded';
  const { protocol, opaqueToCallers, authorizations, routes } = door.policy;
  return JSON.stringify([
    policies.settings.trustDomain,
    protocol,
    opaqueToCallers !== undefined,
    authorizations.valid.map(canonical).sort(),
    routes
      .filter(({ ref }) => ref.kind !== 'default')
      .map((route) => [
        routeKey(route.ref),
        route.hostnames,
        (byKey.get(routeKey(route.ref))?.spec as { readonly rules?: unknown } | undefined)?.rules,
        route.authorizations.valid.map(canonical).sort(),
      ]),
  ]);
}
