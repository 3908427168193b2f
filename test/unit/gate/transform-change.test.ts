import { describe, expect, test } from 'vitest';
import { transformChange } from '../../../shared/gate/transform-change.ts';
import { parseManifests } from '../../../shared/kubernetes/manifests/parse-manifests.ts';

const changeOf = (text: string, base = '', namespace = 'default') =>
  transformChange({
    manifests: parseManifests(text, 'a.yaml'),
    base: parseManifests(base, 'base.yaml'),
    full: undefined,
    namespace,
  });
const object = (apiVersion: string, kind: string, rest = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n${rest}`;
const binding = (rest: string) => object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', rest);
const policy = (kind: string, spec: string) => object('policy.linkerd.io/v1alpha1', kind, `spec:\n${spec}`);

describe('a change', () => {
  test('is what is judged of the manifests: workloads of any kind, policy, RBAC, Linkerd’s own settings', () => {
    const kinds = [
      object('v1', 'ConfigMap'),
      object('v1', 'ConfigMap').replace('{name: a}', '{name: linkerd-config, namespace: linkerd}'),
      object('argoproj.io/v1alpha1', 'Rollout', 'spec: {template: {spec: {containers: []}}}\n'),
      object('networking.k8s.io/v1', 'Ingress'),
      object('networking.k8s.io/v1', 'Ingress').replace('name: a', 'name: b'),
      object('rbac.authorization.k8s.io/v1', 'Role'),
      object('gateway.networking.k8s.io/v1', 'Gateway'),
      policy('NetworkAuthentication', '  networks: []\n'),
    ];
    const { change, notes } = changeOf(kinds.join('---\n'));
    expect(change.manifests.map(({ object: { kind } }) => kind)).toEqual([
      'ConfigMap',
      'Rollout',
      'Role',
      'NetworkAuthentication',
    ]);
    expect(notes).toEqual(['not judged, as it decides over no call and no power: ConfigMap, Ingress (2), Gateway']);
  });

  test('may be that everything is deleted', () => {
    expect(changeOf('', object('v1', 'ServiceAccount')).change).toMatchObject({
      manifests: [],
      base: [{ kind: 'ServiceAccount' }],
    });
  });

  test('has no fields without a value: the API server stores none', () => {
    const { change } = changeOf(policy('MeshTLSAuthentication', '  identities: [x]\n  identityRefs:\n'));
    expect(change.manifests[0]?.object.spec).toEqual({ identities: ['x'] });
  });

  test.each([
    [
      binding('roleRef: {kind: ClusterRole, name: admin}\nsubjects:\n- kind: User\n  name: 7\n'),
      'a.yaml:7: no cluster takes ClusterRoleBinding a: subjects[0].name: Invalid input: expected string, received number',
    ],
    [binding('roleRef: {kind: ClusterRole, name: admin}\nsubjects: all\n'), 'a.yaml:5: '],
    [binding(''), 'a.yaml:1: no cluster takes ClusterRoleBinding a: roleRef: '],
    [
      object('rbac.authorization.k8s.io/v1', 'Role', 'rules:\n- verbs: get\n'),
      'a.yaml:5: no cluster takes Role default/a: rules[0].verbs: ',
    ],
    [
      policy('AuthorizationPolicy', '  requiredAuthenticationRefs:\n  - kind: 7\n    name: x\n'),
      'a.yaml:6: no cluster takes AuthorizationPolicy default/a: spec.requiredAuthenticationRefs[0].kind: ',
    ],
    [
      object('v1', 'Pod', 'spec:\n  serviceAccountName: 7\n'),
      'a.yaml:5: no cluster takes Pod default/a: spec.serviceAccountName: ',
    ],
  ])('of an object that no cluster takes is refused by line: %j', (text, message) => {
    expect(() => changeOf(text)).toThrow(message);
  });

  test('with an object that is written twice is refused, whether or not it names where it goes', () => {
    const twice = `${object('v1', 'Service')}---\n${object('v1', 'Service').replace('name: a', 'name: a, namespace: shop')}`;
    expect(() => changeOf(twice, '', 'shop')).toThrow(
      'a.yaml:5: Service shop/a is also at a.yaml:1: which one counts?',
    );
    expect(changeOf(twice).change.manifests).toHaveLength(2);
  });
});
