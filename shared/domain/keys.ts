/**
 * Keys of the graph. Every key begins with the cluster's name, so clusters never share a node.
 * Namespaced: `<cluster>/<namespace>/<kind>/<name>`; cluster-wide: `<cluster>/<kind>/<name>`.
 * Kubernetes names hold no slash; identities and addresses may, so they always come last.
 */
export const clusterKey = (cluster: string): string => cluster;

export const namespacedKey = (cluster: string, namespace: string, kind: string, name: string): string =>
  `${cluster}/${namespace}/${kind}/${name}`;

export const clusterWideKey = (cluster: string, kind: string, name: string): string =>
  `${cluster}/${kind}/${name.slice(0, LONGEST_NAME)}`;

/**
 * Neo4j indexes no value of more than some 8 kB. Names of Kubernetes have 253 characters at most; hosts, identities and what
 * annotations say may have as many as somebody likes.
 */
const LONGEST_NAME = 1_000;

export const namespaceKey = (cluster: string, name: string): string => clusterWideKey(cluster, 'Namespace', name);

export const identityKey = (cluster: string, identity: string): string => clusterWideKey(cluster, 'Identity', identity);

export const externalKey = (cluster: string, address: string): string => clusterWideKey(cluster, 'External', address);

/** The one caller a cluster has that showed no identity. */
export const unauthenticatedKey = (cluster: string): string => `${cluster}/Unauthenticated`;

/** What follows the account in a ServiceAccount's identity of DNS form (Linkerd 2.x: shared/kubernetes/identities.ts). */
const ACCOUNT_IDENTITY = /^Identity\/[^./]+\.([^./]+)\.serviceaccount\.identity\./;

/**
 * The namespace a node lives in, as its key tells; a namespace lives in itself, an identity where its ServiceAccount does.
 * Undefined for what lives in none. Names of namespaces are lower case, kinds are not, so no key can mean both.
 */
export function namespaceOf(key: string, cluster: string): string | undefined {
  if (!key.startsWith(`${cluster}/`)) return undefined;
  const rest = key.slice(cluster.length + 1);
  const [first = '', second = ''] = rest.split('/', 2);
  if (first === 'Namespace') return second;
  return /^[a-z0-9]/.test(first) ? first : ACCOUNT_IDENTITY.exec(rest)?.[1];
}

export const livesIn = (key: string, cluster: string, namespace: string): boolean =>
  namespaceOf(key, cluster) === namespace;
