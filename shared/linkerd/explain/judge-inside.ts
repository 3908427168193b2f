import { authorize } from '../policy/authorize.ts';
import type { Call } from '../policy/call.ts';
import type { PolicySet } from '../policy/policy-set.ts';
import type { Verdict } from '../policy/verdict.ts';

/**
 * The verdict on a call of a workload of the cluster. Where its address is not known, it is somewhere in clusterNetworks, as
 * Linkerd wants all pods to be (`linkerd check`): what lets all of them in lets it in.
 */
export function judgeInside(policies: PolicySet, call: Call): Verdict {
  const verdict = authorize(policies, call);
  const { clusterNetworks } = policies.settings;
  if (call.client.namespace === undefined || clusterNetworks.length === 0) return verdict;
  if (verdict.verdict !== 'unknown' || verdict.missing.some((fact) => fact !== 'client.address')) return verdict;
  const inside = clusterNetworks.map((cidr) => {
    return authorize(policies, { ...call, client: { ...call.client, address: cidr.split('/')[0] ?? cidr } });
  });
  const [first] = inside as [Verdict, ...Verdict[]];
  const passes = inside.every((one) => one.verdict === first.verdict && one.verdict !== 'denied');
  const note =
    'the address of the caller is not known: taken for one in clusterNetworks, as those of all pods are to be';
  return passes ? { ...first, notes: [...first.notes, note] } : verdict;
}
