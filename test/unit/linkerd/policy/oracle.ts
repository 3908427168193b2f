import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Call, CallProtocol } from '../../../../shared/linkerd/policy/call.ts';
import { indexPolicies } from '../../../../shared/linkerd/policy/index-policies.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import type { PolicySet } from '../../../../shared/linkerd/policy/policy-set.ts';

/** Reads what real proxies answered (test/fixtures/policy-oracle/README.md). */
export function readLines<T>(file: string): T[] {
  const path = new URL(`../../../fixtures/policy-oracle/${file}`, import.meta.url);
  const text = gunzipSync(readFileSync(path)).toString();
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
}

export type Counted = {
  readonly m: string;
  readonly srv?: string;
  readonly route?: string;
  readonly route_group?: string;
  readonly authz?: string;
  readonly parent_kind?: string;
  readonly parent_name?: string;
  readonly route_kind?: string;
  readonly route_name?: string;
  readonly n?: number;
};

export type Result = {
  readonly status?: number;
  readonly reachedApp?: boolean;
  readonly grpcStatus?: string;
  readonly error?: string;
  readonly tcp?: string;
  readonly line?: string;
  readonly l5dProxyError?: string;
  readonly burst?: Readonly<Record<string, number>>;
};

export type RecordedCall = {
  readonly client: string;
  readonly target: string;
  readonly port: number;
  readonly proto: CallProtocol | 'tcp-wait';
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly times?: number;
  readonly result: Result;
  readonly counted?: readonly Counted[];
};

type Client = {
  readonly pod: string | null;
  readonly namespace: string | null;
  readonly podIP: string;
  readonly meshed: boolean;
  readonly identity: string | null;
  readonly annotations?: Readonly<Record<string, string>>;
};

export type Case = {
  readonly id: string;
  readonly title: string;
  readonly namespace: string;
  readonly objects: readonly PolicyObject[];
  /** Objects of the case that admission refused. */
  readonly refused?: readonly { readonly object: PolicyObject }[];
  readonly server: {
    readonly name: string;
    readonly namespace: string;
    readonly podIP: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly serviceAccountName?: string;
    readonly containers?: readonly unknown[];
    readonly initContainers?: readonly unknown[];
  };
  readonly clients: Readonly<Record<string, Client>>;
  readonly calls: readonly RecordedCall[];
};

/** MeshTLSAuthentication shared-a and NetworkAuthentication shared-any are everywhere, also where a record leaves them out. */
const SHARED: readonly PolicyObject[] = [
  {
    apiVersion: 'policy.linkerd.io/v1alpha1',
    kind: 'MeshTLSAuthentication',
    metadata: { name: 'shared-a', namespace: 'shared' },
    spec: { identities: ['a.c1.serviceaccount.identity.linkerd.cluster.local'] },
  },
  {
    apiVersion: 'policy.linkerd.io/v1alpha1',
    kind: 'NetworkAuthentication',
    metadata: { name: 'shared-any', namespace: 'shared' },
    spec: { networks: [{ cidr: '0.0.0.0/0' }] },
  },
];

export const policiesOf = (record: Case, trustStatus = true): PolicySet =>
  indexPolicies(objectsOf(record), { trustStatus });

/** All objects of a policy set, the pod that is called first. */
export function objectsOf(record: Case): PolicyObject[] {
  const { name, namespace, podIP, labels, annotations = {}, ...spec } = record.server;
  const pod: PolicyObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels, annotations },
    spec,
    status: { podIP },
  };
  const shared = SHARED.filter(({ metadata }) => !record.objects.some((one) => one.metadata.name === metadata.name));
  return [pod, ...record.objects, ...shared];
}

/** Ports of the Service `web` in front of the pod: http is 80, all others keep their number. */
const podPort = (port: number): number => (port === 80 ? 8080 : port);

export function callOf(record: Case, recorded: RecordedCall): Call {
  const { server } = record;
  const { client, target, port, proto, method, path, host, headers = {}, times } = recorded;
  const throughService = target === 'svc/web';
  const external = !throughService && target !== 'web';
  const given = { ...(method ? { method } : {}), ...(path ? { path } : {}) };
  return {
    client: clientOf(record, client),
    server: external ? { address: target } : { namespace: server.namespace, name: server.name },
    port: throughService ? podPort(port) : port,
    protocol: proto === 'tcp-wait' ? 'tcp' : proto,
    // Port 8086 of the recorded pod greets first.
    ...(proto === 'tcp-wait' ? { serverSpeaksFirst: true } : {}),
    host: host ?? (throughService ? `web.${server.namespace}:${port}` : `${server.podIP}:${port}`),
    headers,
    ...(throughService ? { service: { namespace: server.namespace, name: 'web', port } } : {}),
    ...(times ? { requestsPerSecond: times } : {}),
    ...given,
  };
}

function clientOf(record: Case, name: string): Call['client'] {
  if (name === 'self') {
    return { namespace: record.server.namespace, name: record.server.name, address: record.server.podIP, meshed: true };
  }
  const client = record.clients[name];
  if (client === undefined) throw new Error(`expected client ${name} in ${record.id}`);
  const skip = client.annotations?.['config.linkerd.io/skip-outbound-ports'];
  return {
    address: client.podIP,
    meshed: client.meshed,
    ...(client.namespace ? { namespace: client.namespace } : {}),
    ...(client.pod ? { name: client.pod } : {}),
    ...(client.identity ? { identity: client.identity } : {}),
    ...(skip ? { skipOutboundPorts: skip } : {}),
  };
}
