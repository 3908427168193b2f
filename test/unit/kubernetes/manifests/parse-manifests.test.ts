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
