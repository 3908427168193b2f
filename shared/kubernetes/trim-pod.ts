import { type Fields, pickFields } from './pick-fields.ts';

/** Settings of the proxy that say what it is called, whom it trusts and what it lets in: none is a secret. */
const PROXY_SETTINGS = new Set([
  '_l5d_ns',
  '_l5d_trustdomain',
  'LINKERD2_PROXY_IDENTITY_LOCAL_NAME',
  'LINKERD2_PROXY_IDENTITY_SVC_NAME',
  'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS',
  'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY',
  'LINKERD2_PROXY_INBOUND_PORTS',
  'LINKERD2_PROXY_INBOUND_PORTS_DISABLE_PROTOCOL_DETECTION',
  'LINKERD2_PROXY_POLICY_CLUSTER_NETWORKS',
  'LINKERD2_PROXY_POLICY_SVC_ADDR',
  'LINKERD2_PROXY_POLICY_SVC_NAME',
]);

/** A pod spec with what says who runs, on which ports and how it is probed. */
export function trimPodSpec(spec: Fields | undefined): Fields {
  return {
    ...pickFields(spec, ['serviceAccountName', 'hostNetwork', 'nodeName', 'automountServiceAccountToken']),
    ...trimContainers(spec, 'containers'),
    ...trimContainers(spec, 'initContainers'),
  };
}

export function trimPodStatus(status: Fields | undefined): Fields {
  return {
    ...pickFields(status, ['phase', 'podIP', 'podIPs', 'hostIP']),
    ...trimList(status, 'conditions', ['type', 'status', 'reason']),
    ...trimList(status, 'containerStatuses', ['name', 'ready', 'started']),
    ...trimList(status, 'initContainerStatuses', ['name', 'ready', 'started']),
  };
}

function trimContainers(spec: Fields | undefined, field: 'containers' | 'initContainers'): Fields {
  const containers = spec?.[field] as readonly Fields[] | undefined;
  return containers ? { [field]: containers.map(trimContainer) } : {};
}

function trimContainer(container: Fields): Fields {
  const env = container.name === 'linkerd-proxy' ? (container.env as readonly Fields[] | undefined) : undefined;
  return {
    ...pickFields(container, ['name', 'image', 'ports', 'restartPolicy']),
    ...trimProbes(container),
    ...(env && {
      env: env.filter((e) => PROXY_SETTINGS.has(String(e.name))).map((e) => pickFields(e, ['name', 'value'])),
    }),
  };
}

/** Where a probe knocks, without its headers or command, which may hold credentials. */
function trimProbes(container: Fields): Fields {
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => {
    const { httpGet, tcpSocket, grpc } = (container[name] ?? {}) as Fields;
    const target = {
      ...(httpGet !== undefined && { httpGet: pickFields(httpGet, ['path', 'port', 'scheme']) }),
      ...(tcpSocket !== undefined && { tcpSocket: pickFields(tcpSocket, ['port']) }),
      ...(grpc !== undefined && { grpc: pickFields(grpc, ['port']) }),
    };
    return Object.keys(target).length > 0 ? [[name, target]] : [];
  });
  return Object.fromEntries(probes);
}

function trimList(value: Fields | undefined, field: string, fields: readonly string[]): Fields {
  const items = value?.[field] as readonly Fields[] | undefined;
  return items ? { [field]: items.map((item) => pickFields(item, fields)) } : {};
}
