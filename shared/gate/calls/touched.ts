import { namespacedKey } from '../../domain/keys.ts';
import { podTemplate } from '../../linkerd/policy/pod-workload.ts';
import { groupKind, namespaceOf, type PolicyObject } from '../../linkerd/policy/policy-object.ts';
import type { JudgedChange } from '../rule.ts';
import { sameFields } from '../same-fields.ts';
import { stateIndex } from '../state-index.ts';
import { OPAQUE_PORTS } from './fronts.ts';
import { touchedPolicy } from './touched-policy.ts';

/** What a change can turn: calls it does not touch need not be judged twice. */
export type Touched = {
  /** The control plane is set otherwise, so nothing is sure to stay. */
  readonly everything: boolean;
  /** Keys of the graph of workloads whose pods or template differ. */
  readonly workloads: ReadonlySet<string>;
  /** Servers, as `namespace/name`, over which something else decides. */
  readonly servers: ReadonlySet<string>;
  /** Namespaces of these and of those below. */
  readonly within: ReadonlySet<string>;
  /** Namespaces where something else may decide over any Server. */
  readonly namespaces: ReadonlySet<string>;
  /** Namespaces whose calls out of the cluster meet other EgressNetworks or routes. */
  readonly egress: ReadonlySet<string>;
};

export function touchedBy({ baseline, before, after, laid: { differing } }: JudgedChange): Touched {
  const policy = touchedPolicy(differing, (kind) => [...stateIndex(before).of(kind), ...stateIndex(after).of(kind)]);
  return {
    ...policy,
    within: new Set([...policy.namespaces, ...[...policy.servers].map((server) => server.split('/')[0] as string)]),
    everything: !sameFields(before.policies.settings, after.policies.settings),
    workloads: touchedWorkloads(baseline.cluster, differing, [...before.workloads, ...after.workloads]),
  };
}

type Known = JudgedChange['before']['workloads'];

function touchedWorkloads(cluster: string, differing: readonly PolicyObject[], workloads: Known): Set<string> {
  const names = new Set<string>();
  const namespaces = new Set<string>();
  for (const object of differing) {
    const kind = groupKind(object);
    if (kind === 'Service.' && object.metadata.annotations?.[OPAQUE_PORTS]) namespaces.add(namespaceOf(object));
    if (kind === 'Namespace.') namespaces.add(object.metadata.name);
    if (kind === 'Pod.' || kind === 'ExternalWorkload.workload.linkerd.io' || podTemplate(object)) {
      names.add(`${object.kind}/${namespaceOf(object)}/${object.metadata.name}`);
    }
  }
  if (names.size + namespaces.size === 0) return new Set();
  const isTouched = ({ kind, namespace, name }: { kind: string; namespace: string; name: string }) =>
    names.has(`${kind}/${namespace}/${name}`);
  return new Set(
    workloads.flatMap((workload) => {
      const touched =
        namespaces.has(workload.namespace) || isTouched(workload) || workload.instances.some((one) => isTouched(one));
      return touched ? [namespacedKey(cluster, workload.namespace, workload.kind, workload.name)] : [];
    }),
  );
}
