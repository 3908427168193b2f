import { groupKind, namespaceOf, type PolicyObject } from '../../linkerd/policy/policy-object.ts';
import { byText } from './by-text.ts';
import { type FreeNames, freeNames } from './free-names.ts';
import type { GuardedPort } from './guarded-ports.ts';

/** A port with the Server that will guard it: one to be made, or the open one there is, closed. */
export type ServedPort = GuardedPort & {
  readonly server: PolicyObject;
  /** What the names of its policies begin with. */
  readonly stem: string;
};

export const CALLERS = '-callers';
export const OTHERS = '-other-callers';
export const NETWORKS = '-networks';
const POLICIES = [CALLERS, OTHERS, NETWORKS];

/** Every port with its Server, in an order that hangs on names alone. Ports no selector can tell are left out. */
export function servedPorts(ports: readonly GuardedPort[], objects: readonly PolicyObject[]): ServedPort[] {
  const free = freeNames(objects);
  const servers = new Map(
    objects
      .filter((object) => groupKind(object) === 'Server.policy.linkerd.io')
      .map((object) => [`${namespaceOf(object)}/${object.metadata.name}`, object]),
  );
  return ports.toSorted(byText(orderOf)).flatMap((port): ServedPort[] => {
    const { open, namespace, group } = port;
    if (open) {
      const server = servers.get(`${namespace}/${open.name}`);
      return server ? [{ ...port, server: closed(server), stem: free(namespace, open.name, POLICIES) }] : [];
    }
    return group.labels ? [made(port, group.labels, free)] : [];
  });
}

const orderOf = ({ namespace, open, group, port }: GuardedPort): string =>
  [
    namespace,
    open?.name ?? '',
    ...group.workloads.map(({ name, kind }) => `${name}/${kind}`),
    String(port).padStart(5, '0'),
  ].join(' ');

function made(port: GuardedPort, matchLabels: Readonly<Record<string, string>>, free: FreeNames): ServedPort {
  const { namespace, group, pods } = port;
  const [workload] = group.workloads;
  const name = free(namespace, `${workload?.name}-${port.port}`, ['', ...POLICIES]);
  const selector = workload?.kind === 'ExternalWorkload' ? 'externalWorkloadSelector' : 'podSelector';
  const server: PolicyObject = {
    apiVersion: 'policy.linkerd.io/v1beta3',
    kind: 'Server',
    metadata: { name, namespace },
    spec: {
      [selector]: { matchLabels },
      port: port.port,
      // As it is without a Server: another protocol would break calls that pass now (oracle 2, 4, 6).
      proxyProtocol: pods.every(({ today }) => today.protocol === 'opaque') ? 'opaque' : 'unknown',
      accessPolicy: 'deny',
    },
  };
  return { ...port, server, stem: name };
}

/** Its labels stay: ServerAuthorizations may go by them. */
function closed({ apiVersion, kind, metadata: { name, namespace, labels }, spec }: PolicyObject): PolicyObject {
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(labels === undefined ? {} : { labels }) },
    spec: { ...(spec as object), accessPolicy: 'deny' },
  };
}
