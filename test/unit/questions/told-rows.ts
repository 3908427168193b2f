import type { ToldRow } from '../../../shared/questions/edges/told.ts';

const workload = (name: string) => ({ label: 'Workload', key: `c/${name}`, name });
const identity = (name: string) => ({ label: 'Identity', key: `c/Identity/${name}`, name });

const row = {
  port: 80,
  protocol: 'http',
  tls: 'true',
  serverIdentities: [],
  policies: [],
  failures: 0,
  refused: 0,
  holds: [],
};

/** A row as the caller's proxy tells it, named by short names. */
export const called = (from: string, to: string, count: number, more: Partial<ToldRow> = {}): ToldRow => ({
  ...row,
  layer: 'CALLED',
  from: workload(from),
  owners: [],
  to: workload(to),
  verdict: null,
  count,
  first: 1_000,
  last: 2_000,
  ...more,
});

/** A row as the called side tells it. `owners` carry the identity; null is the caller that showed none. */
export const arrived = (
  from: { identity: string; owners: readonly string[] } | null,
  to: string,
  verdict: string,
  count: number,
  more: Partial<ToldRow> = {},
): ToldRow => ({
  ...row,
  layer: 'ARRIVED_AT',
  from: from
    ? identity(from.identity)
    : { label: 'Unauthenticated', key: 'c/Unauthenticated', name: 'unauthenticated' },
  owners: from?.owners.map(workload) ?? [],
  to: workload(to),
  verdict,
  tls: from ? 'true' : 'no_identity',
  count,
  first: 1_000,
  last: 2_000,
  ...more,
});
