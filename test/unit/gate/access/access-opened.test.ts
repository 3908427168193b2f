import { describe, expect, test } from 'vitest';
import { entityModelSchema } from '../../../../shared/domain/entity-model.ts';
import { accessOpened } from '../../../../shared/gate/rules/access/access-opened.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { deployment, podOf } from '../../linkerd/explain/mesh.ts';
import {
  admits,
  identities,
  identityOf,
  meshTls,
  namespace,
  policyObject,
  server,
  theServer,
  webPod,
} from '../../linkerd/policy/objects.ts';
import { caused, changed, seen } from './small-mesh.ts';

const http = server('web-http');
const loose = admits('loose', theServer('web-http'));
const guarded = [namespace(), webPod(), http, admits('web-admits', theServer('web-http'), meshTls('friends'))];
const friends = (...names: string[]) => identities('friends', ...names);
const holding = (name: string, ...dataClasses: string[]) => ({ [name]: { dataClasses } });
const workloads = ['shop/Pod/web', 'pay/Deployment/ledger'];
const model = (entities: object) => entityModelSchema.parse({ entities });

const bound = (role: string): PolicyObject[] => [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: role },
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: role },
    roleRef: { kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', namespace: 'shop', name: 'web' }],
  },
];

describe('how grave a way in is', () => {
  const neighbour = friends(identityOf('api'), identityOf('cart'));
  const stranger = friends(identityOf('api'), identityOf('cart', 'till'));
  const star = friends('*');
  test.each([
    ['low: a neighbour, nothing behind', { writes: [neighbour] }, 'low'],
    ['medium: a stranger, nothing behind', { writes: [stranger] }, 'medium'],
    ['medium: every meshed workload, nothing behind', { writes: [star] }, 'medium'],
    ['high: anybody, nothing behind', { writes: [loose] }, 'high'],
    ['high: a neighbour comes to data', { writes: [neighbour], model: model(holding('shop/web', 'personal')) }, 'high'],
    ['critical: anybody comes to data', { writes: [loose], model: model(holding('shop/web', 'personal')) }, 'critical'],
    [
      'medium: a neighbour comes to data one call further',
      {
        writes: [neighbour],
        model: model(holding('pay/ledger', 'financial')),
        edges: [seen('shop/Pod/web', 'pay/Deployment/ledger', 5432)],
      },
      'medium',
    ],
  ])('%s', (_, change, severity) => {
    const found = caused(accessOpened, changed([...guarded, friends(identityOf('api'))], { workloads, ...change }));
    expect(found.map((one) => one.severity)).toEqual([severity]);
  });

  test('high: a neighbour comes to the powers of its ServiceAccount', () => {
    const before = [...guarded, ...bound('reader'), friends(identityOf('api'))];
    expect(caused(accessOpened, changed(before, { writes: [neighbour] }))).toMatchObject([
      { severity: 'high', row: { who: 'ServiceAccount shop/cart', powers: ['readsSecrets'] } },
    ]);
  });

  test('what was always turned away leads nowhere', () => {
    const denied = [{ verdict: 'denied', count: 10, failures: 10, policies: [] }];
    const edges = [seen('shop/Pod/web', 'pay/Deployment/ledger', 5432, { shares: denied })];
    const change = { writes: [neighbour], edges, model: model(holding('pay/ledger', 'financial')) };
    expect(
      caused(accessOpened, changed([...guarded, friends(identityOf('api'))], { workloads, ...change })),
    ).toMatchObject([{ severity: 'low' }]);
  });
});

test('it tells who, where, by what, and what is behind', () => {
  const edges = [seen('shop/Pod/web', 'pay/Deployment/ledger', 5432)];
  const entities = { ...holding('shop/web', 'personal'), ...holding('pay/ledger', 'financial', 'personal') };
  const change = { writes: [friends(identityOf('api'), identityOf('cart'))], edges, model: model(entities) };
  const [found] = caused(accessOpened, changed([...guarded, friends(identityOf('api'))], { workloads, ...change }));
  expect(found?.message).toBe(
    'ServiceAccount shop/cart gains access to shop/web on port 8080, admitted by AuthorizationPolicy shop/web-admits; it holds personal; one call further pay/ledger holds financial; admit only those who must call',
  );
  expect(Object.keys(found?.row ?? {})).toEqual(accessOpened.columns);
});

describe('what is to blame', () => {
  const places = (before: readonly PolicyObject[], change: Parameters<typeof changed>[1]) =>
    caused(accessOpened, changed(before, change))[0]?.places[0];
  const authentication = 'MeshTLSAuthentication.policy.linkerd.io/shop/friends';

  test('the entry of the list', () => {
    const before = [...guarded, friends(identityOf('api'))];
    expect(places(before, { writes: [friends(identityOf('api'), identityOf('cart'))] })).toEqual({
      key: authentication,
      field: 'spec.identities[1]',
    });
    const refs = (...names: string[]) =>
      policyObject('MeshTLSAuthentication', 'friends', {
        identityRefs: names.map((name) => ({ kind: 'ServiceAccount', name })),
      });
    expect(places([...guarded, refs('api')], { writes: [refs('api', 'cart')] })).toEqual({
      key: authentication,
      field: 'spec.identityRefs[1]',
    });
  });

  test('the policy that is new, where its list is not', () => {
    const before = [namespace(), webPod(), http, friends(identityOf('cart'))];
    const policy = admits('web-admits', theServer('web-http'), meshTls('friends'));
    expect(places(before, { writes: [policy] })?.key).toBe('AuthorizationPolicy.policy.linkerd.io/shop/web-admits');
  });

  test('the Server that is deleted, or whose accessPolicy says more', () => {
    expect(places([...guarded, friends('*')], { deletes: [http] })?.key).toBe('Server.policy.linkerd.io/shop/web-http');
    expect(places([...guarded, friends('*')], { writes: [server('web-http', { accessPolicy: 'audit' })] })).toEqual({
      key: 'Server.policy.linkerd.io/shop/web-http',
      field: 'spec.accessPolicy',
    });
  });
});

describe('ports and workloads that are new', () => {
  const ports = [{ name: 'http', containerPort: 8080 }];
  const meshed = { annotations: { 'linkerd.io/inject': 'enabled' }, ports };
  const fresh = [namespace(), deployment('cart', meshed)];

  test('are told where anybody comes to data', () => {
    const found = caused(
      accessOpened,
      changed([namespace()], { writes: fresh, model: model(holding('shop/cart', 'personal')) }),
    );
    expect(found).toMatchObject([{ severity: 'medium', row: { who: 'anybody', callee: 'shop/cart', port: 8080 } }]);
    expect(found[0]?.message).toContain('may call the new port 8080 of shop/cart');
  });

  test('are not told where nothing is behind, or nobody without mesh may call', () => {
    expect(caused(accessOpened, changed([namespace()], { writes: fresh }))).toEqual([]);
    const shut = deployment('cart', {
      ports,
      annotations: { ...meshed.annotations, 'config.linkerd.io/default-inbound-policy': 'all-authenticated' },
    });
    const change = { writes: [shut], model: model(holding('shop/cart', 'personal')) };
    expect(caused(accessOpened, changed([namespace()], change))).toEqual([]);
  });
});

describe('annotations', () => {
  const DEFAULT = 'config.linkerd.io/default-inbound-policy';
  const INJECT = { 'linkerd.io/inject': 'enabled' };
  const ports = [{ name: 'http', containerPort: 8080 }];

  test('of a pod template count as it is rolled out', () => {
    const cart = (mode: string) => deployment('cart', { ports, annotations: { ...INJECT, [DEFAULT]: mode } });
    const running = podOf('cart', 'cart-1', '10.1.0.11', { ports, annotations: { [DEFAULT]: 'deny' } });
    const [found] = caused(
      accessOpened,
      changed([namespace(), cart('deny'), running], { writes: [cart('all-unauthenticated')] }),
    );
    expect(found?.places[0]).toEqual({
      key: 'Deployment.apps/shop/cart',
      field: 'spec.template.metadata.annotations["config.linkerd.io/default-inbound-policy"]',
    });
    expect(found?.message).toContain('by the default policy all-unauthenticated of Deployment cart');
    expect(found?.message).not.toContain('created again');
  });

  test('of a Namespace count once pods are created again', () => {
    const cart = deployment('cart', { ports, annotations: INJECT });
    const running = podOf('cart', 'cart-1', '10.1.0.11', { ports, annotations: { [DEFAULT]: 'deny' } });
    const told = (...objects: PolicyObject[]) =>
      caused(accessOpened, changed([namespace({ [DEFAULT]: 'deny' }), ...objects], { writes: [namespace()] })).map(
        ({ message, places }) => [message.includes('once its pods are created again'), places],
      );
    const place = { key: 'Namespace./-/shop', field: `metadata.annotations["${DEFAULT}"]` };
    expect(told(cart, running)).toEqual([[true, [place]]]);
    // A graph has no templates: what the pod has like its Namespace it has from there.
    expect(told(running)).toEqual([[true, [place]]]);
  });

  test('of a Namespace do not count where the template says otherwise', () => {
    const cart = deployment('cart', { ports, annotations: { ...INJECT, [DEFAULT]: 'deny' } });
    const running = podOf('cart', 'cart-1', '10.1.0.11', { ports, annotations: { [DEFAULT]: 'deny' } });
    const change = { writes: [namespace()] };
    expect(caused(accessOpened, changed([namespace({ [DEFAULT]: 'deny' }), cart, running], change))).toEqual([]);
  });
});
