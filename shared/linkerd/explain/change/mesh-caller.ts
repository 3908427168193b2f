import { type PodSpec, serviceAccountOf } from '../../../kubernetes/pod-spec.ts';
import { accountIdentity } from '../../policy/mesh-settings.ts';
import { podTemplate } from '../../policy/pod-workload.ts';
import { namespaceOf } from '../../policy/policy-object.ts';
import type { Candidate, Case } from './candidate.ts';

/** A proxy for a caller that has none, which then shows the identity of its ServiceAccount. */
export function meshCaller({ state: { objects, policies }, call }: Case): Candidate[] {
  const { client } = call;
  const { namespace, name } = client;
  if (client.meshed !== false || namespace === undefined || name === undefined) return [];
  const object = objects.find((one) => one.metadata.name === name && namespaceOf(one) === namespace && one.spec);
  const spec = object?.kind === 'Pod' ? (object.spec as PodSpec) : object && podTemplate(object)?.spec;
  const identity = accountIdentity(policies.settings, namespace, serviceAccountOf(spec));
  const what = `have Linkerd inject its proxy into ${namespace}/${name}, which then is ${identity}`;
  return [{ what, objects: [], call: { ...call, client: { ...client, meshed: true, identity } } }];
}
