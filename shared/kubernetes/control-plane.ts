import { parse } from 'yaml';
import { z } from 'zod';
import { ContractError } from '../domain/errors.ts';
import { clusterKey } from '../domain/keys.ts';
import type { Entity } from '../domain/observation.ts';
import { known } from './kubernetes-object.ts';

/** What the two ConfigMaps of the control plane tell. `config` is absent where Linkerd is not installed. */
export type ControlPlane = {
  readonly namespace: string;
  readonly config: LinkerdConfig | undefined;
  /** SHA-256 fingerprints of the certificates in the trust bundle. */
  readonly trustAnchors: readonly string[] | undefined;
};

export type LinkerdConfig = {
  readonly version: string | undefined;
  readonly trustDomain: string;
  readonly clusterNetworks: readonly string[] | undefined;
  readonly defaultInboundPolicy: string | undefined;
  readonly opaquePorts: readonly string[] | undefined;
};

const text = z.string().optional();

/** The fields of the Helm values meshgraph reads; an empty YAML value is null. */
const valuesSchema = z.object({
  linkerdVersion: text.nullable(),
  identityTrustDomain: text.nullable(),
  clusterDomain: text.nullable(),
  clusterNetworks: text.nullable(),
  proxy: z
    .object({
      defaultInboundPolicy: text.nullable(),
      // `--set proxy.opaquePorts=3306` leaves a number.
      opaquePorts: z.union([z.string(), z.number()]).nullish(),
    })
    .nullish(),
});

/** The values of ConfigMap linkerd-config. The trust domain defaults to the cluster domain, as in Linkerd's chart. */
export function parseLinkerdConfig(yaml: string): LinkerdConfig {
  const values = valuesSchema.safeParse(parseYaml(yaml));
  if (!values.success) {
    throw new ContractError(
      `expected Linkerd's Helm values in ConfigMap linkerd-config, key "values", got ${z.prettifyError(values.error)}`,
      { cause: values.error },
    );
  }
  const { linkerdVersion, identityTrustDomain, clusterDomain, clusterNetworks, proxy } = values.data;
  return {
    version: linkerdVersion ?? undefined,
    trustDomain: identityTrustDomain || clusterDomain || 'cluster.local',
    clusterNetworks: list(clusterNetworks),
    defaultInboundPolicy: proxy?.defaultInboundPolicy ?? undefined,
    opaquePorts: list(proxy?.opaquePorts),
  };
}

function parseYaml(yaml: string): unknown {
  try {
    return parse(yaml);
  } catch (cause) {
    throw new ContractError('expected YAML in ConfigMap linkerd-config, key "values"; it does not parse', { cause });
  }
}

const list = (commaSeparated: string | number | null | undefined): string[] | undefined =>
  commaSeparated === null || commaSeparated === undefined
    ? undefined
    : String(commaSeparated)
        .split(',')
        .map((item) => item.trim());

/** The node of the cluster itself. */
export function clusterEntity(cluster: string, kubernetesVersion: string, controlPlane: ControlPlane): Entity {
  const { namespace, config, trustAnchors } = controlPlane;
  const props = known({
    name: cluster,
    kubernetesVersion,
    controlPlaneNamespace: config && namespace,
    trustDomain: config?.trustDomain,
    linkerdVersion: config?.version,
    clusterNetworks: config?.clusterNetworks?.slice(),
    defaultInboundPolicy: config?.defaultInboundPolicy,
    opaquePorts: config?.opaquePorts?.slice(),
    trustAnchors: trustAnchors?.slice(),
  });
  return { label: 'Cluster', key: clusterKey(cluster), family: 'cluster', props };
}
