/** That a workload carries an identity, both by node key, known since `from` (epoch ms). */
export type IdentityOwner = { readonly identity: string; readonly owner: string; readonly from: number };

/**
 * The workloads that carry each identity in a period that ends at `until`. Given are all that had not ceased to before
 * it began. Where none was known yet in the period, those known first afterwards speak for it: traffic may be older
 * than the first scan of the cluster.
 */
export function ownersIn(known: readonly IdentityOwner[], until: number): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const [identity, all] of Map.groupBy(known, (one) => one.identity)) {
    const within = all.filter(({ from }) => from < until);
    const earliest = Math.min(...all.map(({ from }) => from));
    const holders = within.length > 0 ? within : all.filter(({ from }) => from === earliest);
    owners.set(identity, [...new Set(holders.map(({ owner }) => owner))]);
  }
  return owners;
}
