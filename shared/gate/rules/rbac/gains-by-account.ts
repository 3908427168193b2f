import type { KnownWorkload } from '../../../linkerd/explain/known-workloads.ts';
import { namespaceOf } from '../../../linkerd/policy/policy-object.ts';
import { nameOf } from '../../access/touched-workloads.ts';
import type { Grant } from '../../grants.ts';
import type { JudgedChange } from '../../rule.ts';
import { runsAs } from './acting-accounts.ts';
import { accountOf, type Held, holds, powersHeld } from './held-powers.ts';

/** A dangerous power that a workload gains by what it runs as. `scope`: its namespace; undefined = the whole cluster. */
export type Gain = { readonly power: string; readonly scope: string | undefined; readonly grant: Grant };

/** A workload that runs as a ServiceAccount after the change and by that may what it could not before. */
export type RunsNow = {
  readonly workload: KnownWorkload;
  /** `namespace/name`. */
  readonly account: string;
  /** The accounts it ran as; none: it is new. */
  readonly ranAs: readonly string[] | 'unknown';
  /** Workloads of the same account that the change deletes: what is new stands in their place. */
  readonly succeeds: readonly KnownWorkload[];
  readonly gains: readonly Gain[];
};

/** Every workload and account of which the workload's former accounts had less. Only powers that were bound before count. */
export function gainsByAccount(judged: JudgedChange): RunsNow[] {
  const { before, after, laid } = judged;
  const held = powersHeld(before.grants);
  const grants = Map.groupBy(
    after.grants.filter(({ subject, powers = [] }) => subject.kind === 'ServiceAccount' && powers.length > 0),
    accountOf,
  );
  // What runs as what differs only where something of the namespace does: a workload, a pod, or its account.
  const homes = new Set([...grants.keys()].map((account) => account.split('/')[0]));
  const differing = new Set(laid.differing.map(namespaceOf).filter((namespace) => homes.has(namespace)));
  if (differing.size === 0) return [];
  const isTouched = ({ namespace }: KnownWorkload): boolean => differing.has(namespace);
  const touched = after.workloads.filter(isTouched);
  const known = new Map(before.workloads.filter(isTouched).map((one) => [nameOf(one), one]));
  // A baseline names what the change deletes, so it is there after the change too, without pods.
  const stays = new Set(touched.filter(({ instances }) => instances.length > 0).map(nameOf));
  const gone = [...known.values()].filter((one) => !stays.has(nameOf(one)));
  return touched.flatMap((workload) =>
    [...runsAs(after, workload)].flatMap(([account, token]): RunsNow[] => {
      const given = grants.get(account);
      if (given === undefined || token === 'none') return [];
      const old = known.get(nameOf(workload));
      const then = runsAs(before, old);
      // The manifest mounts the token itself; whether the pods before did is not told by what is known of them.
      const hadToken = [...then].filter(([name, how]) => how !== 'none' || (name === account && token === 'projected'));
      const former = hadToken.map(([name]) => held.get(name));
      const gains = gainsOf(given, held.get(account), former);
      if (gains.length === 0) return [];
      const ranAs = old && then.size === 0 ? 'unknown' : [...then.keys()].sort();
      const succeeds = old ? [] : gone.filter((one) => runsAs(before, one).has(account));
      return [{ workload, account, ranAs, succeeds, gains }];
    }),
  );
}

function gainsOf(grants: readonly Grant[], held: Held | undefined, former: readonly (Held | undefined)[]): Gain[] {
  return grants.flatMap((grant) => {
    const { powers = [], namespace: scope } = grant;
    return powers
      .filter((power) => holds(held, power, scope) && !former.some((one) => holds(one, power, scope)))
      .map((power) => ({ power, scope, grant }));
  });
}
