/** Manifests of one object each, as short as tests need them. Everything is in namespace shop unless said otherwise. */
const at = (name: string) => {
  const [own, namespace] = name.split('/').toReversed();
  return `metadata: {name: ${own}, namespace: ${namespace ?? 'shop'}}`;
};
const policy = (version: string, kind: string, name: string, spec: string): string =>
  `---\napiVersion: policy.linkerd.io/${version}\nkind: ${kind}\n${at(name)}\nspec: ${spec}\n`;

export const namespace = (name: string, labels = '{}'): string =>
  `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: ${labels}}\n`;

export const account = (name: string): string => `---\napiVersion: v1\nkind: ServiceAccount\n${at(name)}\n`;

/** A Deployment whose pods are labelled app=NAME, run as the ServiceAccount of its name, and have port http, 8080. */
export const deployment = (name: string, runsAs = name.split('/').at(-1)): string => `---
apiVersion: apps/v1
kind: Deployment
${at(name)}
spec:
  template:
    metadata: {labels: {app: ${name.split('/').at(-1)}}}
    spec:
      serviceAccountName: ${runsAs}
      containers: [{name: main, ports: [{name: http, containerPort: 8080}]}]
`;

export const server = (name: string, spec = `{podSelector: {matchLabels: {app: web}}, port: http}`): string =>
  policy('v1beta3', 'Server', name, spec);

export const authorizationPolicy = (name: string, target: string, proofs: string): string =>
  policy('v1alpha1', 'AuthorizationPolicy', name, `{targetRef: ${target}, requiredAuthenticationRefs: ${proofs}}`);

export const meshTls = (name: string, spec: string): string => policy('v1alpha1', 'MeshTLSAuthentication', name, spec);

export const network = (name: string, cidr: string): string =>
  policy('v1alpha1', 'NetworkAuthentication', name, `{networks: [{cidr: '${cidr}'}]}`);

export const serverAuthorization = (name: string, spec: string): string =>
  policy('v1beta1', 'ServerAuthorization', name, spec);

export const route = (name: string, parents: string, rules = '[{}]', created = '2026-01-01T00:00:00Z'): string =>
  `---\napiVersion: policy.linkerd.io/v1beta3\nkind: HTTPRoute\n` +
  `metadata: {name: ${name}, namespace: shop, creationTimestamp: '${created}'}\n` +
  `spec: {parentRefs: ${parents}, rules: ${rules}}\n`;

/** A reference to an object of Linkerd policy. */
export const ref = (kind: string, name: string, more = ''): string =>
  `{group: policy.linkerd.io, kind: ${kind}, name: ${name}${more}}`;
