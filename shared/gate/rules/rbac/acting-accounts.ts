import { type PodSpec, serviceAccountOf } from '../../../kubernetes/pod-spec.ts';
import type { KnownWorkload } from '../../../linkerd/explain/known-workloads.ts';
import type { PolicyObject } from '../../../linkerd/policy/policy-object.ts';
import type { GateState } from '../../gate-state.ts';
import { podSpecs } from '../../pod-specs.ts';
import { accountKey } from '../../service-accounts.ts';

/** How pods come by the token of their ServiceAccount: Kubernetes mounts it, or their manifest does; else they do not. */
export type Token = 'mounted' | 'projected' | 'none';

/**
 * The ServiceAccounts that the pods of a workload run as, `namespace/name`, each with how they come by its token. Empty:
 * nothing tells of its pods.
 */
export function runsAs(state: GateState, workload: KnownWorkload | undefined): ReadonlyMap<string, Token> {
  const specs = podSpecs(state.objects);
  const accounts = new Map<string, Token>();
  for (const instance of workload?.instances ?? []) {
    const spec = specs(instance);
    if (spec === undefined) continue;
    const { namespace } = instance;
    const name = serviceAccountOf(spec);
    const token = tokenOf(spec, state.byKey.get(accountKey(namespace, name)));
    const known = accounts.get(`${namespace}/${name}`) ?? 'none';
    accounts.set(`${namespace}/${name}`, known === 'none' || token === 'mounted' ? token : known);
  }
  return accounts;
}

type Tokens = Pick<PodSpec, 'automountServiceAccountToken'>;
type Volume = { readonly projected?: { readonly sources?: readonly { readonly serviceAccountToken?: object }[] } };

/**
 * What the pod says of it counts before what its account says (Kubernetes, managing service accounts). A projected token
 * for another audience is none that the API server takes; Linkerd's proxy has such a one.
 */
function tokenOf(spec: PodSpec, account: PolicyObject | undefined): Token {
  const { automountServiceAccountToken: own, volumes = [] } = spec as PodSpec & { volumes?: readonly Volume[] };
  if (own ?? (account as Tokens | undefined)?.automountServiceAccountToken ?? true) return 'mounted';
  const sources = volumes.flatMap(({ projected }) => projected?.sources ?? []);
  const isForServer = sources.some(
    ({ serviceAccountToken }) => serviceAccountToken && !('audience' in serviceAccountToken),
  );
  return isForServer ? 'projected' : 'none';
}
