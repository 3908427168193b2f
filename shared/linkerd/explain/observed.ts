import { namespacedKey } from '../../domain/keys.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import { shareRows } from '../../questions/edges/share-rows.ts';
import type { KnownWorkload } from './known-workloads.ts';
import type { End } from './resolve-end.ts';

/** How calls between the two ends went in `[since, at)`. Instants in epoch milliseconds. */
export type Observed = {
  readonly since: number;
  readonly at: number;
  /** Who is told of: callers without identity cannot be told apart. */
  readonly of: 'caller' | 'all callers without identity';
  /** End of the last window with such a call; null = none was seen. */
  readonly last: number | null;
  /** One a verdict of the proxies, busiest first; `unknown` = no called proxy tells. */
  readonly calls: readonly ObservedCalls[];
};

type ObservedCalls = {
  readonly verdict: string;
  readonly count: number;
  readonly unit: string;
  readonly failures: number;
  readonly mTls: boolean;
  readonly policies: readonly string[];
  readonly first: number;
  readonly last: number;
};

/** Everything that reached the callee in a period, both layers merged. */
export type Traffic = {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly edges: readonly Edge[];
};

export function observedOn({ cluster, since, at, edges }: Traffic, from: End, port: number): Observed {
  const ours = edges.filter((edge) => edge.port === port && isFrom(edge, from, cluster));
  const calls = shareRows(ours).map((row) => ({ ...row }) as unknown as ObservedCalls & Record<string, unknown>);
  return {
    since,
    at,
    of: isUnmeshed(from) ? 'all callers without identity' : 'caller',
    last: calls.length > 0 ? Math.max(...calls.map(({ last }) => last)) : null,
    calls: calls.map(({ verdict, count, unit, failures, mTls, policies, first, last }) => {
      return { verdict, count, unit, failures, mTls, policies, first, last };
    }),
  };
}

function isFrom({ from, identity }: Edge, end: End, cluster: string): boolean {
  if (isUnmeshed(end)) return from.label === 'Unauthenticated';
  if (end.identity !== undefined && (identity === end.identity || from.name === end.identity)) return true;
  return end.workload !== undefined && end.identity === undefined && from.key === workloadKey(cluster, end.workload);
}

/** Its calls show no identity. */
const isUnmeshed = ({ unmeshed, workload }: End): boolean =>
  unmeshed === true ||
  (workload !== undefined && workload.instances.length > 0 && workload.instances.every(({ meshed }) => !meshed));

/** The key of a workload's node in the graph. */
export const workloadKey = (
  cluster: string,
  { namespace, kind, name }: Omit<KnownWorkload, 'instances' | 'ports'>,
): string => namespacedKey(cluster, namespace, kind, name);
