import type { Properties } from '../../domain/projection/changes.ts';
import { DEFAULT_SETTINGS, type MeshSettings } from '../../linkerd/policy/mesh-settings.ts';

/** The settings of a control plane as its Cluster node tells them; the rest as Linkerd's chart has it. */
export function clusterSettings(props: Properties | undefined): MeshSettings {
  const text = (name: string, otherwise: string): string =>
    typeof props?.[name] === 'string' ? props[name] : otherwise;
  const list = (name: string): readonly string[] | undefined =>
    Array.isArray(props?.[name]) ? props[name].map(String) : undefined;
  return {
    ...DEFAULT_SETTINGS,
    controlPlaneNamespace: text('controlPlaneNamespace', DEFAULT_SETTINGS.controlPlaneNamespace),
    trustDomain: text('trustDomain', DEFAULT_SETTINGS.trustDomain),
    clusterNetworks: list('clusterNetworks') ?? DEFAULT_SETTINGS.clusterNetworks,
    defaultInboundPolicy: text('defaultInboundPolicy', DEFAULT_SETTINGS.defaultInboundPolicy),
    opaquePorts: list('opaquePorts')?.join(',') ?? DEFAULT_SETTINGS.opaquePorts,
  };
}
