import type { Arrival, Call } from '../../../shared/domain/observation.ts';
import { arrival, call, clusterScan, minute, type SmallMesh, start, trafficWindow } from './small-mesh.ts';

type Workloads = NonNullable<SmallMesh['workloads']>;

/** A shop whose web frontend calls an api that calls a database with personal data; all have an owner, none is exposed. */
export const shop: Workloads = {
  'shop/web': { owner: 'shop' },
  'shop/api': { owner: 'shop' },
  'shop/db': { owner: 'shop', holds: 'personal' },
};

export const shopScan = (changed: Workloads = {}, at = start, more: Partial<SmallMesh> = {}) =>
  clusterScan(at, { namespaces: { shop: {} }, workloads: { ...shop, ...changed }, ...more });

/** The arrival of a call that an authorization of its own admitted. */
export const admitted = (from: string | null, to: string, more: Partial<Arrival> = {}): Arrival =>
  arrival(from, to, 'allowed', 5, {
    server: { kind: 'server', name: 'http' },
    authorization: { kind: 'authorizationpolicy', name: 'clients' },
    ...more,
  });

export const webToApi = [call('shop/web', 'shop/api', 5), admitted('shop/web', 'shop/api')] as const;
export const apiToDb = [call('shop/api', 'shop/db', 5), admitted('shop/api', 'shop/db')] as const;

/** A window of a minute, by default the sixth, of calls and arrivals in any order. */
export function seen(told: readonly (Call | Arrival)[], n = 5) {
  const calls = told.filter((one): one is Call => 'callee' in one);
  const arrivals = told.filter((one): one is Arrival => !('callee' in one));
  return trafficWindow(minute(n), minute(n + 1), calls, arrivals);
}
