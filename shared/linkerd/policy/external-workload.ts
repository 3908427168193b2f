import { labelsOf } from '../../kubernetes/label-selector.ts';
import { configured } from './annotations.ts';
import { parseMode } from './default-policy.ts';
import type { MeshSettings } from './mesh-settings.ts';
import { namespaceOf, type PolicyObject } from './policy-object.ts';
import { parsePortRanges } from './port-ranges.ts';
import type { Workload } from './workload.ts';

type Spec = {
  readonly meshTLS?: { readonly identity?: string };
  /** v1alpha1 spells it so. */
  readonly meshTls?: { readonly identity?: string };
  readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[];
  readonly workloadIPs?: readonly { readonly ip: string }[];
};

/** A machine outside Kubernetes: always meshed, no probes, ports with one number a name (inbound/workload.rs). */
export function externalWorkload(object: PolicyObject, settings: MeshSettings): Workload {
  const { meshTLS, meshTls, ports = [], workloadIPs = [] } = (object.spec ?? {}) as Spec;
  const annotations = object.metadata.annotations ?? {};
  const opaque = configured(annotations, 'opaque-ports');
  const named = ports.filter(({ name, protocol = 'TCP' }) => name !== undefined && protocol.toUpperCase() === 'TCP');
  return {
    kind: object.kind,
    namespace: namespaceOf(object),
    name: object.metadata.name,
    labels: labelsOf(Object.entries(object.metadata.labels ?? {}).map(([name, value]) => `${name}=${value}`)),
    addresses: workloadIPs.map(({ ip }) => ip),
    identity: (meshTLS ?? meshTls)?.identity,
    meshed: true,
    unmeshedReason: undefined,
    namedPorts: new Map(named.map(({ name = '', port }) => [name, [port]])),
    probes: new Map(),
    skipInbound: [],
    skipOutbound: [],
    skipSubnets: [],
    opaquePorts: parsePortRanges(opaque),
    opaqueToCallers: parsePortRanges(opaque ?? settings.opaquePorts),
    requireIdentity: parsePortRanges(configured(annotations, 'proxy-require-identity-inbound-ports')),
    mode: parseMode(configured(annotations, 'default-inbound-policy')),
    pending: [],
  };
}
