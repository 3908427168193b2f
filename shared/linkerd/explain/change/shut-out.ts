import type { PolicyObject } from '../../policy/policy-object.ts';
import type { MeshState } from '../mesh-state.ts';
import {
  alsoRequiredBy,
  type Candidate,
  type Case,
  findObject,
  policyOf,
  requirements,
  titleOf,
  withSpec,
} from './candidate.ts';
import { withoutIdentity } from './identity-list.ts';
import { denyingServer } from './new-objects.ts';

type Step = { readonly what: string; readonly object?: PolicyObject; readonly gone?: PolicyObject };

/** Everything that lets the call in, taken back: the identity where it is listed, else the policy, and a Server's own mode. */
export function shutOut({ state, call, verdict }: Case): Candidate[] {
  const { objects, policies } = state;
  const { server, authorizations } = verdict;
  const workload = policies.find(call.server);
  if (server?.kind === 'EgressNetwork') {
    const network = findObject(objects, { ...server, kind: 'EgressNetwork' });
    const what = `set trafficPolicy of EgressNetwork ${server.namespace}/${server.name} to Deny`;
    return network ? [{ what, objects: [withSpec(network, { trafficPolicy: 'Deny' })] }] : [];
  }
  if (workload === undefined || server === null) return [];
  if (server.kind === 'default') {
    const made = denyingServer(workload, call.port);
    return [{ what: `make ${titleOf(made)}, which denies what no policy admits`, objects: [made] }];
  }
  const steps = authorizations.flatMap((ref): Step[] => {
    const policy = policyOf(objects, ref);
    if (policy) return [withdraw(state, policy, call.client.identity)];
    const own = ref.name === 'probe' ? undefined : findObject(objects, { ...server, kind: 'Server' });
    return own
      ? [{ what: `set accessPolicy of ${titleOf(own)} to deny`, object: withSpec(own, { accessPolicy: 'deny' }) }]
      : [];
  });
  if (steps.length === 0) return [];
  return [
    {
      what: [...new Set(steps.map(({ what }) => what))].join(', and '),
      objects: [...new Set(steps.flatMap(({ object }) => object ?? []))],
      without: steps.flatMap(({ gone }) => gone ?? []),
    },
  ];
}

/** An identity that is listed beside others leaves the list; else the policy goes. */
function withdraw({ objects, policies }: MeshState, policy: PolicyObject, identity: string | undefined): Step {
  for (const { object } of requirements(objects, policy, 'MeshTLSAuthentication')) {
    const changed = object && identity && withoutIdentity(object, identity, policies.settings);
    if (!object || !changed) continue;
    const also = alsoRequiredBy(objects, object, policy);
    return { what: `take ${identity} out of ${titleOf(object)}${also}`, object: changed };
  }
  return { what: `delete ${titleOf(policy)}`, gone: policy };
}
