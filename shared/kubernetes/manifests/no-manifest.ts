/** Files that beside manifests say how manifests are made, and what makes them. */
type Source = { readonly name: RegExp; readonly make: (folder: string) => string };

const KUSTOMIZE: Source = {
  name: /(^|\/)(kustomization\.ya?ml|Kustomization)$/,
  make: (folder) => `kustomize build ${folder}`,
};
const SOURCES: readonly Source[] = [
  KUSTOMIZE,
  { name: /(^|\/)(Chart|values[^/]*)\.ya?ml$/, make: (folder) => `helm template ${folder}` },
];

/** Why a document is no object that can be applied; undefined = it is one. `file` tells what it may be instead. */
export function whyNoManifest(value: unknown, file: string): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return 'expected a Kubernetes object, got something else';
  }
  const { apiVersion, kind, metadata } = value as Record<string, unknown>;
  const isKustomization = String(apiVersion).startsWith('kustomize.config.k8s.io/');
  const source = isKustomization ? KUSTOMIZE : SOURCES.find(({ name }) => name.test(file));
  if (source && (isKustomization || !isNamed(metadata))) {
    const folder = file.replace(/\/?[^/]+$/, '') || '.';
    return `this says how manifests are made and is none: give the output of ${source.make(folder)}`;
  }
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return 'expected a Kubernetes object with apiVersion and kind: give rendered manifests only';
  }
  const { name, namespace } = (metadata ?? {}) as Record<string, unknown>;
  if (name !== undefined && name !== null && typeof name !== 'string') {
    return `expected metadata.name of this ${kind} to be text, got ${JSON.stringify(name)}: put it in quotes`;
  }
  if (!name) return `expected metadata.name in this ${kind}`;
  if (namespace !== undefined && namespace !== null && typeof namespace !== 'string') {
    return `expected metadata.namespace of ${kind} ${name} to be text, got ${JSON.stringify(namespace)}: put it in quotes`;
  }
  return undefined;
}

const isNamed = (metadata: unknown): boolean => typeof (metadata as { name?: unknown } | undefined)?.name === 'string';
