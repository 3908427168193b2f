import { z } from 'zod';
import { type Hop, hopsOf } from '../edges/hops.ts';
import { mergeEdges } from '../edges/merge.ts';
import type { ToldRow } from '../edges/told.ts';
import type { NamedNode } from '../question.ts';
import type { ReadRows } from '../read-values.ts';
import nodesQuery from '../reference/nodes.cypher';
import { nameOf, referenceRow } from '../reference/resolve.ts';
import carriersQuery from './carriers.cypher';
import seenQuery from './seen.cypher';
import { makeWalk, type Walk } from './walk.ts';

type Period = { readonly cluster: string; readonly since: number; readonly at: number };

const seen = z.tuple([
  z.string(),
  z.number(),
  z.string(),
  z.string(),
  z.string().nullable(),
  z.string().nullable(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
]);
const seenRow = z.object({ callee: z.string(), seen: z.array(seen) });
const carrierRow = z.object({ identity: z.string(), carriers: z.array(z.string()) });

/** The hops of a period, by the same merge as the question `path`, but callee by callee: there may be 400,000 of them. */
export async function readWalk(readRows: ReadRows, period: Period): Promise<Walk> {
  const named = new Map<string, NamedNode>();
  for (const row of await readRows(nodesQuery, { cluster: period.cluster })) {
    const candidate = referenceRow.parse(row);
    named.set(candidate.key, { label: candidate.label, key: candidate.key, name: nameOf(candidate) });
  }
  const carriers = new Map<string, NamedNode[]>();
  for (const row of await readRows(carriersQuery, { cluster: period.cluster, since: period.since })) {
    const { identity, carriers: keys } = carrierRow.parse(row);
    carriers.set(
      identity,
      keys.flatMap((key) => named.get(key) ?? []),
    );
  }
  const told = new Map<string, ToldRow[]>();
  for (const layer of ['CALLED', 'ARRIVED_AT'] as const) {
    // One after the other: both at once may be more than the server has memory for.
    for (const row of await readRows(seenQuery, { ...period, layer })) {
      const parsed = seenRow.parse(row);
      const callee = named.get(parsed.callee);
      if (!callee) continue;
      const rows = parsed.seen.flatMap((one) => toldRow(layer, one, callee, named, carriers));
      told.set(callee.key, [...(told.get(callee.key) ?? []), ...rows]);
    }
  }
  const hops: Hop[] = [];
  for (const rows of told.values()) hops.push(...hopsOf(mergeEdges(rows)));
  return makeWalk(hops);
}

function toldRow(
  layer: 'CALLED' | 'ARRIVED_AT',
  [caller, port, protocol, tls, verdict, policy, count, refused, first, last]: z.infer<typeof seen>,
  to: NamedNode,
  named: ReadonlyMap<string, NamedNode>,
  carriers: ReadonlyMap<string, NamedNode[]>,
): ToldRow[] {
  const from = named.get(caller);
  if (!from) return [];
  const owners = layer === 'ARRIVED_AT' ? (carriers.get(caller) ?? []) : [];
  const policies = policy === null ? [] : [policy];
  const unread = { serverIdentities: [], failures: 0 };
  return [{ layer, from, owners, to, port, protocol, verdict, tls, count, refused, first, last, policies, ...unread }];
}
