import type { KindCoverage } from '../../shared/domain/observation.ts';
import { type ControlPlane, parseLinkerdConfig } from '../../shared/kubernetes/control-plane.ts';
import type { ClusterLister } from '../../shared/kubernetes/lister.ts';
import type { NamespaceRow } from '../../shared/kubernetes/namespace-row.ts';
import type { ConfigMapId } from '../../shared/kubernetes/resources.ts';
import { parseTrustBundle } from '../../shared/kubernetes/trust-anchors.ts';
import { coverageOf } from './read-kind.ts';

/** Linkerd's own default, for a control plane whose namespace lost its label. */
const DEFAULT_NAMESPACE = 'linkerd';

/** The control plane's settings and trust bundle, from two ConfigMaps in the namespace labelled as its own. */
export async function readControlPlane(
  lister: Pick<ClusterLister, 'getConfigMap'>,
  namespaces: readonly NamespaceRow[],
): Promise<{ controlPlane: ControlPlane; coverage: Record<ConfigMapId, KindCoverage> }> {
  const namespace = namespaces.find((row) => row.isControlPlane)?.name ?? DEFAULT_NAMESPACE;
  const config = await readData(lister, namespace, 'linkerd-config', 'values', parseLinkerdConfig);
  const roots = await readData(lister, namespace, 'linkerd-identity-trust-roots', 'ca-bundle.crt', parseTrustBundle);
  return {
    controlPlane: { namespace, config: config.value, trustAnchors: roots.value },
    coverage: {
      'configmaps/linkerd-config': config.coverage,
      'configmaps/linkerd-identity-trust-roots': roots.coverage,
    },
  };
}

async function readData<T>(
  lister: Pick<ClusterLister, 'getConfigMap'>,
  namespace: string,
  name: string,
  key: string,
  parse: (text: string) => T | Promise<T>,
): Promise<{ value: T | undefined; coverage: KindCoverage }> {
  try {
    const configMap = await lister.getConfigMap(namespace, name);
    const text = (configMap?.data as Record<string, string> | undefined)?.[key];
    if (text === undefined) return { value: undefined, coverage: { status: 'absent', objects: 0 } };
    return { value: await parse(text), coverage: { status: 'complete', objects: 1 } };
  } catch (error) {
    return { value: undefined, coverage: coverageOf(error) };
  }
}
