import type { ClusterObservation } from '../../domain/observation.ts';
import type { NamedNode } from '../../questions/question.ts';
import type { OwnersOfIdentity } from './tally-traffic.ts';

/** Learns from scans of a cluster, oldest first, which workloads carry which identity. */
export type IdentityOwners = {
  readonly add: (observation: ClusterObservation) => void;
  /** Those that carried it at `since` or later, as the graph tells them (shared/questions/edges/query.cypher). */
  readonly since: (since: number) => OwnersOfIdentity;
};

type Run = { readonly account: string; readonly owner: NamedNode; readonly ended: number | undefined };

export function identityOwners(): IdentityOwners {
  const accountsOf = new Map<string, Set<string>>();
  const runs = new Map<string, Run>();
  return {
    add: (observation) => {
      for (const { type, from, to } of observation.relations) {
        if (type === 'HAS_IDENTITY') accountsOf.set(to.key, (accountsOf.get(to.key) ?? new Set()).add(from.key));
      }
      takeRuns(runs, observation);
    },
    since: (since) => {
      const late = [...runs.values()].filter(({ ended }) => ended === undefined || ended > since);
      const byAccount = Map.groupBy(late, ({ account }) => account);
      return (identity) => {
        const carried = [...(accountsOf.get(identity) ?? [])].flatMap((account) => byAccount.get(account) ?? []);
        const owners = new Map(carried.map(({ owner }) => [owner.key, owner]));
        return [...owners.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
      };
    },
  };
}

/** What a scan that read them whole does not tell any more has ended by then. */
function takeRuns(runs: Map<string, Run>, { at, entities, relations, coverage }: ClusterObservation): void {
  if (coverage.families.includes('workloads/accounts')) {
    for (const [name, run] of runs) runs.set(name, { ...run, ended: run.ended ?? at });
  }
  const owners = new Map(entities.filter(({ label }) => label === 'Workload').map((one) => [one.key, one.props]));
  for (const { type, from, to } of relations) {
    const props = type === 'RUNS_AS' ? owners.get(from.key) : undefined;
    if (props === undefined) continue;
    const owner = { label: 'Workload', key: from.key, name: `${props.namespace}/${props.name}` };
    runs.set(JSON.stringify([from.key, to.key]), { account: to.key, owner, ended: undefined });
  }
}
