import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../../../shared/kubernetes/manifests/parse-manifests.ts';

const named = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`;
const told = (text: string) =>
  parseManifests(text, 'a.yaml').map(({ object, line }) => [object.kind, object.metadata.name, line]);

describe('manifests', () => {
  it('are the documents of a file, each with the line it begins at', () => {
    expect(told(`# first\n${named('Pod', 'a')}---\n---\n${named('Service', 'b')}`)).toEqual([
      ['Pod', 'a', 2],
      ['Service', 'b', 7],
    ]);
  });

  it('are taken out of Lists, of a kind or of any', () => {
    const item = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    expect(told(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [item] }))).toEqual([['Pod', 'a', 1]]);
    expect(told(JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: [item, item] }))).toHaveLength(2);
  });

  it('in a List begin where their item does', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n-\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: b}\n';
    expect(told(`---\n${list}`)).toEqual([
      ['Pod', 'a', 5],
      ['Pod', 'b', 9],
    ]);
  });

  it('merge keys as kubectl does', () => {
    const [one] = parseManifests(
      'apiVersion: v1\nkind: Pod\nmetadata:\n  labels: &l {app: a}\n  name: a\n  annotations:\n    <<: *l\n',
      'a.yaml',
    );
    expect(one?.object.metadata.annotations).toEqual({ app: 'a' });
  });

  it('of an empty file are none', () => {
    expect(told('')).toEqual([]);
    expect(told('# nothing\n---\n')).toEqual([]);
  });

  it.each([
    [`${named('Pod', 'a')}---\nkind: [`, /^a\.yaml:\d+: not YAML: /],
    ['- a\n- b\n', 'a.yaml:1: expected a Kubernetes object, got something else'],
    [`${named('Pod', 'a')}---\nname: values\n`, 'a.yaml:5: expected a Kubernetes object with apiVersion and kind'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {}\n', 'a.yaml:1: expected metadata.name in this Pod'],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: 12}\n',
      'a.yaml:1: expected metadata.name of this Pod to be text, got 12: put it in quotes',
    ],
    [
      '# one\napiVersion: v1\nkind: List\nitems:\n- null\n',
      'a.yaml:5: expected a Kubernetes object, got something else',
    ],
    [
      '\napiVersion: policy.linkerd.io/v2\nkind: Server\nmetadata: {name: a}\n',
      'a.yaml:2: Server of policy.linkerd.io/v2 is not known; known: v1beta3, v1beta2, v1beta1, v1alpha1',
    ],
    [
      'apiVersion: gateway.networking.k8s.io/v9\nkind: HTTPRoute\nmetadata: {name: a}\n',
      'a.yaml:1: HTTPRoute of gateway.networking.k8s.io/v9 is not known; known: v1, v1beta1, v1alpha2',
    ],
    [
      'apiVersion: policy.linkerd.io/v1beta3\nkind: Sever\nmetadata: {name: a}\n',
      'a.yaml:2: policy.linkerd.io has no kind Sever; did you mean Server?',
    ],
    ['a: &a [1]\nb: *c\n', /^a\.yaml:\d: not YAML: .*\bc\b/],
    [
      `a: b\n---\n# ${'x'.repeat(10_000_000)}\na: b\n`.replace('a: b', named('Pod', 'a')),
      'a.yaml:5: a document of more than 10 MB: ',
    ],
    [`${'['.repeat(20_000)}`, /^a\.yaml:1: /],
    [
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n`,
      'a.yaml:1: not YAML: Excessive alias count',
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n',
      /^a\.yaml:4: a template that was not rendered/,
    ],
  ])('that are none are refused by file and line: %j', (text, message) => {
    expect(() => told(text)).toThrow(message);
  });

  it.each([
    ['{{- if .Values.on }}\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n{{- end }}\n', 1],
    ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: "{{ .Release.Name }}"\n', 1],
    [
      'apiVersion: policy.linkerd.io/v1alpha1\nkind: MeshTLSAuthentication\nmetadata: {name: a}\nspec: {identities: ["{{ .Values.who }}"]}\n',
      1,
    ],
  ])('that are templates still are refused: %j', (text, line) => {
    expect(() => told(text)).toThrow(`a.yaml:${line}: a template that was not rendered`);
  });

  it('may hold templates that are meant for others', () => {
    const rules = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  rules: "{{ $labels.pod }} is down"\n';
    expect(told(`# Source: {{ chart }}\n${rules}`)).toEqual([['ConfigMap', 'a', 2]]);
  });
});

describe('a file that says how manifests are made', () => {
  it.each([
    ['k8s/kustomization.yaml', 'resources: [a.yaml]\n', 'kustomize build k8s'],
    [
      'x.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: a}\n',
      'kustomize build .',
    ],
    ['chart/Chart.yaml', 'apiVersion: v2\nname: a\n', 'helm template chart'],
    ['chart/values-prod.yaml', 'replicas: 2\n', 'helm template chart'],
  ])('is refused with what makes them: %s', (file, text, hint) => {
    expect(() => parseManifests(text, file)).toThrow(
      `${file}:1: this says how manifests are made and is none: give the output of ${hint}`,
    );
  });

  it('is none where it is an object that only bears such a name', () => {
    expect(parseManifests(named('Pod', 'a'), 'values.yaml')).toHaveLength(1);
  });
});

describe('the line of a field', () => {
  const policy = `# whose
apiVersion: v1
kind: ConfigMap
metadata: {name: first}
--- # second
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata:
  name: friends # not foes
  labels:
    app.kubernetes.io/name: web
    'quo"ted': x
spec:
  # those who may
  identities:
    - a.b
    # and

    - c.d
  identityRefs: [{kind: ServiceAccount,
    name: e},
    {name: f, kind: ServiceAccount}]
`;
  const lineIn = (text: string, nth: number, field: string) => parseManifests(text, 'a.yaml')[nth]?.lineOf(field);

  it.each([
    ['kind', 7],
    ['metadata.name', 9],
    ['metadata.labels["app.kubernetes.io/name"]', 11],
    ['metadata.labels[app.kubernetes.io/name]', 11],
    ['metadata.labels["quo\\"ted"]', 12],
    ['spec', 13],
    ['spec.identities', 15],
    ['spec.identities[0]', 16],
    ['spec.identities[1]', 19],
    ['spec.identityRefs[0].name', 21],
    ['spec.identityRefs[1]', 22],
  ])('is its own in a file of several documents: %s', (field, line) => {
    expect(lineIn(policy, 1, field)).toBe(line);
  });

  it.each([
    ['spec.identities[7]', 15],
    ['spec.networks[0].cidr', 13],
    ['metadata.annotations["a.b/c"]', 8],
    ['status.conditions', 6],
    ['', 6],
  ])('that is not written is that of what would hold it: %s', (field, line) => {
    expect(lineIn(policy, 1, field)).toBe(line);
  });

  it('is right in JSON, by tabs or in one line, and in Lists of Lists', () => {
    const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { nodeName: 'n' } });
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [pod('a'), { apiVersion: 'v1', kind: 'PodList', items: [pod('b')] }],
    };
    const tabbed = JSON.stringify(list, null, '\t');
    const lineOfB = tabbed.split('\n').findIndex((line) => line.includes('"b"')) + 1;
    expect(lineIn(tabbed, 1, 'metadata.name')).toBe(lineOfB);
    expect(lineIn(tabbed, 1, 'spec.nodeName')).toBe(lineOfB + 3);
    expect(lineIn(JSON.stringify(list), 1, 'spec.nodeName')).toBe(1);
  });

  it('is where an alias has it from', () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: &l\n    app: web\nspec:\n  selector: *l\n';
    expect(lineIn(text, 0, 'spec.selector.app')).toBe(6);
    expect(lineIn(text, 0, 'spec.selector')).toBe(8);
  });

  it('counts lines that end as on Windows, and documents that end with dots', () => {
    expect(lineIn(policy.replaceAll('\n', '\r\n'), 1, 'spec.identities[1]')).toBe(19);
    expect(lineIn(`%YAML 1.2\n---\n${named('Pod', 'a')}...\n---\n${named('Pod', 'b')}`, 1, 'kind')).toBe(9);
  });
});
