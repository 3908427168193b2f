import { parse, stringify } from 'yaml';
import type { KubernetesObject, Metadata } from './kubernetes-object.ts';
import { type Fields, pickFields } from './pick-fields.ts';

/** Helm values in ConfigMap linkerd-config that matter: identity, networks, defaults of proxies and of policy. */
const VALUES = [
  'linkerdVersion',
  'clusterDomain',
  'clusterNetworks',
  'identityTrustDomain',
  'identity.issuer.issuanceLifetime',
  'identity.issuer.clockSkewAllowance',
  'identity.issuer.scheme',
  'proxy.defaultInboundPolicy',
  'proxy.opaquePorts',
  'proxyInit.ignoreInboundPorts',
  'proxyInit.ignoreOutboundPorts',
  'proxyInit.skipSubnets',
  'policyController.probeNetworks',
  'egress.globalEgressNetworkNamespace',
];

/** A control-plane ConfigMap with only the settings meshgraph reads, as YAML again, and the public trust bundle. */
export function trimConfigMap({ metadata, data }: KubernetesObject): KubernetesObject {
  const { values, ...others } = (data ?? {}) as Readonly<Record<string, string>>;
  return {
    metadata: pickFields(metadata, ['name', 'namespace']) as unknown as Metadata,
    data: {
      ...pickFields(others, ['ca-bundle.crt']),
      ...(values !== undefined && { values: stringify(pickValues(parse(values))) }),
    },
  };
}

function pickValues(values: unknown): Fields {
  return VALUES.reduce<Fields>((kept, path) => graft(kept, values, path.split('.')), {});
}

/** `into` with the value at one path of `from`, where there is one. */
function graft(into: Fields, from: unknown, [name = '', ...rest]: readonly string[]): Fields {
  const value = (from as Fields | null | undefined)?.[name];
  if (value === undefined || value === null) return into;
  return { ...into, [name]: rest.length === 0 ? value : graft((into[name] ?? {}) as Fields, value, rest) };
}
