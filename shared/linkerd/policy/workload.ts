import type { Labels } from '../../kubernetes/label-selector.ts';
import type { Mode } from './default-policy.ts';
import type { PortRanges } from './port-ranges.ts';

/** What receives calls: a pod, an ExternalWorkload, or the pods a workload's template would make now. */
export type Workload = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly addresses: readonly string[];
  /** The identity its proxy has; undefined without one. */
  readonly identity: string | undefined;
  /** Undefined for a template whose Namespace is not known. */
  readonly meshed: boolean | undefined;
  /** Why it is not meshed, in a few words. */
  readonly unmeshedReason: string | undefined;
  /** TCP ports by name; a name may stand for several. */
  readonly namedPorts: ReadonlyMap<string, readonly number[]>;
  /** Paths of httpGet probes by port. */
  readonly probes: ReadonlyMap<number, readonly string[]>;
  readonly skipInbound: PortRanges;
  readonly skipOutbound: PortRanges;
  readonly skipSubnets: readonly string[];
  readonly opaquePorts: PortRanges;
  /** What callers' proxies are told is opaque: the same, or the cluster's default where the pod says nothing. */
  readonly opaqueToCallers: PortRanges;
  readonly requireIdentity: PortRanges;
  /** Undefined where the annotation is absent or unreadable: the cluster's default counts. */
  readonly mode: Mode | undefined;
  /** What is written but will count only once the pod is created again. */
  readonly pending: readonly string[];
};
