import { formatInstant } from '../../domain/instant.ts';
import { type Properties, propertiesAt } from '../../domain/projection/changes.ts';
import type { KubernetesObject, OwnerReference } from '../../kubernetes/kubernetes-object.ts';
import { parseServicePort } from '../../kubernetes/service-row.ts';
import { type ChangeRow, propertyChange } from '../structure/change-rows.ts';

/** A node of policy as the graph has it now, and what changed of it after the instant asked about. */
export type ObjectRow = {
  readonly label: string;
  readonly present: Properties;
  readonly changes: readonly Omit<ChangeRow, 'key' | 'cluster'>[];
  readonly owners: readonly OwnerReference[];
};

type TypedObject = KubernetesObject & { readonly apiVersion: string; readonly kind: string };

export const propertiesOf = ({ present, changes }: ObjectRow, at: number): Properties =>
  propertiesAt(present, changes.map(propertyChange), at);

/** The object a node was made of, as far as verdicts depend on it, as of `at` (epoch milliseconds). */
export function nodeObject(row: ObjectRow, at: number): TypedObject {
  const { label, owners } = row;
  const props = propertiesOf(row, at);
  const metadata = {
    name: String(props.name),
    ...(typeof props.namespace === 'string' ? { namespace: props.namespace } : {}),
    labels: toRecord(props.labels),
    annotations: toRecord(props.annotations),
    ...(typeof props.createdAt === 'number' ? { creationTimestamp: formatInstant(props.createdAt) } : {}),
    ...(label === 'Pod' ? { ownerReferences: owners.filter((o) => o.kind !== 'Pod' || o.name !== props.name) } : {}),
  };
  if (label === 'Namespace' || label === 'ServiceAccount') return { apiVersion: 'v1', kind: label, metadata };
  if (label === 'Service') return { apiVersion: 'v1', kind: label, metadata, spec: serviceSpec(props) };
  if (label === 'Pod') return { apiVersion: 'v1', kind: 'Pod', metadata, ...podParts(props) };
  return {
    apiVersion: String(props.apiVersion),
    kind: String(props.kind),
    metadata,
    spec: JSON.parse(String(props.spec ?? '{}')),
    ...(typeof props.status === 'string' ? { status: JSON.parse(props.status) } : {}),
  };
}

/** The graph keeps no containers: one stands for the application's, one for the proxy. */
function podParts({ serviceAccount, hostNetwork, meshed, ports, ip, phase }: Properties) {
  const declared = texts(ports).map(toPort);
  return {
    spec: {
      serviceAccountName: serviceAccount,
      hostNetwork,
      containers: [{ name: 'application', ports: declared }],
      ...(meshed === true ? { initContainers: [{ name: 'linkerd-proxy' }] } : {}),
    },
    status: { phase, ...(typeof ip === 'string' ? { podIP: ip } : {}) },
  };
}

function serviceSpec({ type, clusterIP, selector, ports }: Properties) {
  return {
    type,
    ...(clusterIP === undefined ? {} : { clusterIP }),
    selector: toRecord(selector),
    ports: texts(ports).map(parseServicePort),
  };
}

/** `name:8080/TCP` or `8080/TCP`. */
function toPort(text: string) {
  const [, name, port, protocol] = /^(?:(.*):)?(\d+)\/(\w+)$/.exec(text) ?? [];
  return { ...(name === undefined ? {} : { name }), containerPort: Number(port), protocol };
}

function toRecord(pairs: Properties[string] | undefined): Record<string, string> {
  return Object.fromEntries(
    texts(pairs).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

const texts = (value: Properties[string] | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
