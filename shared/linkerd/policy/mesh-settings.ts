import { parse } from 'yaml';
import { z } from 'zod';
import { parseLinkerdConfig } from '../../kubernetes/control-plane.ts';

/** What the control plane was installed with, as far as verdicts depend on it (reference 3.1). */
export type MeshSettings = {
  readonly controlPlaneNamespace: string;
  readonly trustDomain: string;
  readonly clusterNetworks: readonly string[];
  readonly defaultInboundPolicy: string;
  readonly probeNetworks: readonly string[];
  /** As the annotations write ports: `25,587,3306`. */
  readonly opaquePorts: string;
  readonly ignoreInboundPorts: string;
  readonly egressNamespace: string;
};

/** The values of Linkerd's chart (reference 3.1; `charts/linkerd-control-plane/values.yaml`). */
export const DEFAULT_SETTINGS: MeshSettings = {
  controlPlaneNamespace: 'linkerd',
  trustDomain: 'cluster.local',
  clusterNetworks: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'],
  defaultInboundPolicy: 'all-unauthenticated',
  probeNetworks: ['0.0.0.0/0', '::/0'],
  opaquePorts: '25,587,3306,4444,5432,6379,9300,11211',
  ignoreInboundPorts: '4567,4568',
  egressNamespace: 'linkerd-egress',
};

const valuesSchema = z.object({
  policyController: z.object({ probeNetworks: z.array(z.string()).nullish() }).nullish(),
  proxyInit: z.object({ ignoreInboundPorts: z.union([z.string(), z.number()]).nullish() }).nullish(),
  egress: z.object({ globalEgressNetworkNamespace: z.string().nullish() }).nullish(),
});

/** From ConfigMap linkerd-config, key `values`. What it does not say is as the chart has it. Throws ContractError. */
export function meshSettings(values: string, controlPlaneNamespace: string): MeshSettings {
  const config = parseLinkerdConfig(values);
  const more = valuesSchema.safeParse(parse(values)).data;
  return {
    controlPlaneNamespace,
    trustDomain: config.trustDomain,
    clusterNetworks: config.clusterNetworks ?? DEFAULT_SETTINGS.clusterNetworks,
    defaultInboundPolicy: config.defaultInboundPolicy ?? DEFAULT_SETTINGS.defaultInboundPolicy,
    probeNetworks: more?.policyController?.probeNetworks ?? DEFAULT_SETTINGS.probeNetworks,
    opaquePorts: config.opaquePorts?.join(',') ?? DEFAULT_SETTINGS.opaquePorts,
    ignoreInboundPorts: String(more?.proxyInit?.ignoreInboundPorts ?? DEFAULT_SETTINGS.ignoreInboundPorts),
    egressNamespace: more?.egress?.globalEgressNetworkNamespace ?? DEFAULT_SETTINGS.egressNamespace,
  };
}

/** `<account>.<namespace>.serviceaccount.identity.<control plane namespace>.<trust domain>` (reference 2). */
export const accountIdentity = (settings: MeshSettings, namespace: string, account: string): string =>
  `${account}.${namespaceIdentities(settings, namespace)}`;

/** What follows the account in the identity of every ServiceAccount of a namespace. */
export const namespaceIdentities = (settings: MeshSettings, namespace: string): string =>
  `${namespace}.serviceaccount.identity.${settings.controlPlaneNamespace}.${settings.trustDomain}`;
