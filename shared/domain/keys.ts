/**
 * Keys of the graph. Every key begins with the cluster's name, so clusters never share a node.
 * Namespaced: `<cluster>/<namespace>/<kind>/<name>`; cluster-wide: `<cluster>/<kind>/<name>`.
 * Kubernetes names hold no slash; identities and addresses may, so they always come last.
 */
export const clusterKey = (cluster: string): string => cluster;

export const namespacedKey = (cluster: string, namespace: string, kind: string, name: string): string =>
  `${cluster}/${namespace}/${kind}/${name}`;

export const clusterWideKey = (cluster: string, kind: string, name: string): string => `${cluster}/${kind}/${name}`;

export const namespaceKey = (cluster: string, name: string): string => clusterWideKey(cluster, 'Namespace', name);

export const identityKey = (cluster: string, identity: string): string => clusterWideKey(cluster, 'Identity', identity);

export const externalKey = (cluster: string, address: string): string => clusterWideKey(cluster, 'External', address);

/** The one caller a cluster has that showed no identity. */
export const unauthenticatedKey = (cluster: string): string => `${cluster}/Unauthenticated`;
