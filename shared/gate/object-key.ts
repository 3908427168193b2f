import { oncePerText } from '../domain/once-per.ts';
import { groupKind, type PolicyObject } from '../linkerd/policy/policy-object.ts';

const CLUSTER_WIDE =
  /^(Namespace\.|Node\.|PersistentVolume\.|ClusterRole\.|ClusterRoleBinding\.|CustomResourceDefinition\.|StorageClass\.|IngressClass\.|PriorityClass\.|GatewayClass\.|APIService\.|(Mutating|Validating)WebhookConfiguration\.)/;

export const isClusterWide = (object: PolicyObject): boolean => clusterWide(groupKind(object));

const clusterWide = oncePerText((kind) => CLUSTER_WIDE.test(kind));

/** `Server.policy.linkerd.io/shop/web`: what an object is, whatever its version. `-` stands for no namespace. */
export const objectKey = (object: PolicyObject): string =>
  `${groupKind(object)}/${isClusterWide(object) ? '-' : (object.metadata.namespace ?? 'default')}/${object.metadata.name}`;

/** `Server shop/web`, `Namespace shop`: for messages. */
export const shownObject = (object: PolicyObject): string =>
  isClusterWide(object)
    ? `${object.kind} ${object.metadata.name}`
    : `${object.kind} ${object.metadata.namespace ?? 'default'}/${object.metadata.name}`;

/** With the namespace it goes to where it names none. */
export function settled(object: PolicyObject, namespace: string): PolicyObject {
  if (isClusterWide(object) || object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}
