import type { TrafficObservation } from '../../domain/observation.ts';
import type { End, Series } from '../../domain/traffic-series/series.ts';
import type { Slot } from '../../domain/traffic-series/slot.ts';
import { type WindowRow, windowRows } from '../../domain/traffic-series/window-rows.ts';
import type { ToldRow } from '../../questions/edges/told.ts';
import type { NamedNode } from '../../questions/question.ts';
import type { SeenTraffic } from '../baseline.ts';
import { edgesInOrder } from './edges-in-order.ts';

type Period = { readonly since: number; readonly at: number };
type Draft = Omit<ToldRow, 'owners' | 'serverIdentities' | 'policies'> & {
  readonly serverIdentities: Set<string>;
  readonly policies: Set<string>;
};

/** Workloads that carry an identity, by the key of its node. */
export type OwnersOfIdentity = (key: string) => readonly NamedNode[];

/** Adds up windows of traffic, one at a time, to what a graph that had been given them would tell of a period. */
export type TrafficTally = {
  readonly add: (observation: TrafficObservation) => void;
  readonly seen: (ownersOf: OwnersOfIdentity) => SeenTraffic;
};

/**
 * Mirrors shared/questions/edges/query.cypher and shared/graph/knowledge/traffic.cypher: edges are of windows that begin in
 * `[since, at)`, coverage is of all that reach into it. Pods must be resolved to their workloads before.
 */
export function tallyTraffic({ since, at }: Period): TrafficTally {
  const drafts = new Map<string, Draft>();
  const coverage = { coveredMs: 0, partialWindows: 0, newest: null as number | null };
  return {
    add: (observation) => {
      const { window } = observation;
      if (window.to <= at) coverage.newest = Math.max(coverage.newest ?? 0, window.to);
      if (window.to > since && window.from < at) {
        coverage.coveredMs += Math.min(window.to, at) - Math.max(window.from, since);
        coverage.partialWindows += observation.coverage.complete ? 0 : 1;
      }
      if (window.from >= since && window.from < at) for (const row of windowRows(observation)) addRow(drafts, row);
    },
    seen: (ownersOf) => {
      const rows = [...drafts.values()].map((draft) => ({
        ...draft,
        owners: draft.from.label === 'Identity' ? [...ownersOf(draft.from.key)] : [],
        serverIdentities: [...draft.serverIdentities],
        policies: [...draft.policies],
      }));
      return { since, at, ...coverage, edges: edgesInOrder(rows) };
    },
  };
}

function addRow(drafts: Map<string, Draft>, { series, slot }: WindowRow): void {
  const { layer, from, to, props } = series;
  const { port, protocol, tls, verdict = null } = props;
  const key = JSON.stringify([layer, from.key, to.label, to.key, port, protocol, verdict, tls]);
  const draft = drafts.get(key) ?? {
    layer,
    from: named(from),
    to: named(to),
    port: Number(port),
    protocol: String(protocol),
    verdict: verdict === null ? null : String(verdict),
    tls: String(tls),
    serverIdentities: new Set<string>(),
    policies: new Set<string>(),
    count: 0,
    failures: 0,
    refused: 0,
    first: slot.at,
    last: slot.at + slot.length,
  };
  for (const identity of textOf(props.serverIdentity)) draft.serverIdentities.add(identity);
  for (const policy of policyOf(series)) draft.policies.add(policy);
  drafts.set(key, { ...draft, ...added(draft, slot) });
}

const added = (draft: Draft, { at, length, values }: Slot) => ({
  count: draft.count + ((isConnections(draft) ? values.connections : values.requests) ?? 0),
  failures: draft.failures + (values.failures ?? 0),
  refused: draft.refused + (values.refused ?? 0),
  first: Math.min(draft.first, at),
  last: Math.max(draft.last, at + length),
});

/** Connections of a called proxy are counted as its requests. */
const isConnections = ({ layer, protocol }: Draft): boolean => layer === 'CALLED' && protocol === 'tcp';

/** What decided over an arrival: an authorization, a rate limit, or else the Server with its route. */
function policyOf({ props: { authorization, rateLimit, server, route } }: Series): string[] {
  const by = authorization ?? rateLimit;
  if (by !== undefined || server === undefined) return textOf(by);
  const isOwn = route !== undefined && !String(route).startsWith('default/');
  return [isOwn ? `${server}, ${route}` : String(server)];
}

const textOf = (value: string | number | undefined): string[] => (value === undefined ? [] : [String(value)]);

function named({ label, key, props: { namespace, name } }: End): NamedNode {
  return { label, key, name: namespace === undefined ? String(name) : `${namespace}/${name}` };
}
