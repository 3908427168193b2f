import { NotFoundError } from '../../shared/domain/errors.ts';
import type { ClusterLister } from '../../shared/kubernetes/lister.ts';
import { RESOURCES } from '../../shared/kubernetes/resources.ts';
import { parseTrustBundle } from '../../shared/kubernetes/trust-anchors.ts';

/** SHA-256 fingerprints (lower-case hex) of the anchors the control plane gives to proxies. */
export type CertificateSweep = { readonly anchors: readonly string[] };

/** Linkerd's own default, for a control plane whose namespace lost its label. */
const DEFAULT_NAMESPACE = 'linkerd';
const TRUST_ROOTS = 'linkerd-identity-trust-roots';

/**
 * Looks at the trust bundle (ConfigMap linkerd-identity-trust-roots, Linkerd 2.12 to edge-26.8). It makes no observation:
 * anchors are facts of the cluster's own reading, and the contract has no others to hold yet. What it proves is that the
 * bundle is there, can be read and is whole. Throws NotFoundError where there is none, ContractError where it is no PEM.
 */
export async function readCertificates(list: ClusterLister): Promise<CertificateSweep> {
  const namespace = await controlPlaneNamespace(list);
  const configMap = await list.getConfigMap(namespace, TRUST_ROOTS);
  const pem = (configMap?.data as Record<string, string> | undefined)?.['ca-bundle.crt'];
  if (pem !== undefined) return { anchors: await parseTrustBundle(pem) };
  throw new NotFoundError(
    `namespace ${namespace} has no ConfigMap ${TRUST_ROOTS} with a "ca-bundle.crt": is Linkerd 2.12 or later installed there?`,
  );
}

async function controlPlaneNamespace(list: ClusterLister): Promise<string> {
  const namespaces = RESOURCES.find(({ id }) => id === 'namespaces');
  if (namespaces === undefined) return DEFAULT_NAMESPACE;
  for await (const { items } of list.list(namespaces, 'v1')) {
    const found = items.find(({ metadata }) => metadata.labels?.['linkerd.io/is-control-plane'] === 'true');
    if (found !== undefined) return found.metadata.name;
  }
  return DEFAULT_NAMESPACE;
}
