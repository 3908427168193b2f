import type { Metadata } from '../../kubernetes/kubernetes-object.ts';
import { findProxy, INJECT_ANNOTATION, injects } from '../../kubernetes/proxy.ts';
import type { KnownWorkload } from '../../linkerd/explain/known-workloads.ts';
import { templateWorkload } from '../../linkerd/policy/pod-workload.ts';
import type { PolicyObject } from '../../linkerd/policy/policy-object.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import type { GateState } from '../gate-state.ts';
import type { JudgedChange } from '../rule.ts';

type Sides = { readonly before: readonly Workload[]; readonly after: readonly Workload[] };

/**
 * What the pods of a workload would be if they were created again, before and after: annotations of a Namespace count then
 * and not earlier (reference 3.6, 4). Undefined where nothing would be created again.
 */
export function recreated({ before, after }: JudgedChange, workload: KnownWorkload): Sides | undefined {
  const { namespace, kind, name, instances } = workload;
  const pods = instances.filter((instance) => instance.kind === 'Pod');
  if (kind === 'Pod' || pods.length === 0) return undefined;
  const then = before.policies.find({ namespace, kind, name });
  const now = after.policies.find({ namespace, kind, name });
  if (then && now) return { before: [then], after: [now] };
  const [was, is] = [before, after].map((state) => namespaceIn(state, namespace));
  const templates = pods.flatMap((pod) => {
    const object = after.byKey.get(`Pod./${namespace}/${pod.name}`);
    return object ? [withoutInherited(object, was)] : [];
  });
  const made = (state: GateState, metadata: Metadata | undefined) =>
    templates.map((template) => templateWorkload(template, state.policies.settings, metadata));
  return { before: made(before, was), after: made(after, is) };
}

const namespaceIn = (state: GateState, name: string): Metadata | undefined =>
  state.byKey.get(`Namespace./-/${name}`)?.metadata;

/**
 * A pod as the template that made it, as far as can be told where templates are not known: what it has like its Namespace it
 * has from there. The injector writes `linkerd.io/inject` on every pod it injects, and whom the Namespace did not have
 * injected asked for it.
 */
function withoutInherited(pod: PolicyObject, namespace: Metadata | undefined): PolicyObject {
  const { labels, annotations = {} } = pod.metadata;
  const inherited = namespace?.annotations ?? {};
  const own = Object.entries(annotations).filter(
    ([name, value]) =>
      name !== INJECT_ANNOTATION && !(name.startsWith('config.linkerd.io/') && inherited[name] === value),
  );
  const asked = findProxy(pod as Parameters<typeof findProxy>[0]) ? 'enabled' : 'disabled';
  const isInherited = injects(inherited[INJECT_ANNOTATION]) === (asked === 'enabled');
  const metadata = {
    ...(labels ? { labels } : {}),
    annotations: { ...Object.fromEntries(own), ...(isInherited ? {} : { [INJECT_ANNOTATION]: asked }) },
  };
  return { ...pod, spec: { template: { metadata, spec: pod.spec } } };
}
