import { describe, expect, test } from 'vitest';
import { accessOpened } from '../../../../shared/gate/rules/access/access-opened.ts';
import { leavesMesh } from '../../../../shared/gate/rules/mesh/leaves-mesh.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { deployment, podOf } from '../../linkerd/explain/mesh.ts';
import { namespace } from '../../linkerd/policy/objects.ts';
import { caused, changed, seen } from '../access/small-mesh.ts';

const INJECT = 'linkerd.io/inject';
const ports = [{ name: 'http', containerPort: 8080 }];
const running = podOf('cart', 'cart-1', '10.1.0.11', { ports, annotations: { [INJECT]: 'enabled' } });
const injected = namespace({ [INJECT]: 'enabled' });
const plain = deployment('cart', { ports });
const asking = deployment('cart', { ports, annotations: { [INJECT]: 'enabled' } });
const refusing = deployment('cart', { ports, annotations: { [INJECT]: 'disabled' } });

function onHost({ spec, ...object }: PolicyObject): PolicyObject {
  const { template } = spec as { template: { spec: object } };
  return { ...object, spec: { template: { ...template, spec: { ...template.spec, hostNetwork: true } } } };
}

const left = (before: readonly PolicyObject[], change: Parameters<typeof changed>[1]) =>
  caused(leavesMesh, changed(before, change)).map(({ row, places }) => [
    row.workload,
    row.reason,
    places[0]?.key,
    places[0]?.field,
  ]);

describe('a workload leaves the mesh', () => {
  const MANIFEST = 'Deployment.apps/shop/cart';
  const template = `spec.template.metadata.annotations["${INJECT}"]`;
  test.each([
    ['injection is refused', [injected, plain, running], refusing, 'injection disabled', template],
    [
      'hostNetwork is asked for',
      [injected, plain, running],
      onHost(plain),
      'host network',
      'spec.template.spec.hostNetwork',
    ],
    ['its own wish to be injected goes', [namespace(), asking, running], plain, 'namespace not injected', template],
    ['a graph knows its pods only', [injected, running], refusing, 'injection disabled', template],
  ])('where %s', (_, before, written, reason, field) => {
    expect(left(before, { writes: [written] })).toEqual([['cart', reason, MANIFEST, field]]);
  });

  test('not where it comes back, stays, or never was in it', () => {
    expect(left([injected, refusing], { writes: [plain] })).toEqual([]);
    expect(left([injected, plain, running], { writes: [asking] })).toEqual([]);
    expect(left([injected, refusing], { writes: [onHost(refusing)] })).toEqual([]);
    expect(left([injected], { writes: [refusing] })).toEqual([]);
  });
});

describe('a Namespace that injects no more', () => {
  const place = ['Namespace./-/shop', `metadata.annotations["${INJECT}"]`];

  test('takes its pods out once they are created again, whether templates are known or not', () => {
    for (const before of [
      [injected, plain, running],
      [injected, running],
    ]) {
      const [found] = caused(leavesMesh, changed(before, { writes: [namespace()] }));
      expect(found?.message).toContain('leaves the mesh once its pods are created again (namespace not injected)');
      expect([found?.places[0]?.key, found?.places[0]?.field]).toEqual(place);
    }
  });

  test('leaves those that ask for it themselves', () => {
    expect(left([injected, asking, running], { writes: [namespace()] })).toEqual([]);
    const own = podOf('cart', 'cart-1', '10.1.0.11', { ports, annotations: { [INJECT]: 'enabled' } });
    expect(left([namespace(), own], { writes: [namespace({ team: 'shop' })] })).toEqual([]);
  });

  test('takes them out by the label that keeps the webhooks away', () => {
    const away = {
      ...injected,
      metadata: { ...injected.metadata, labels: { 'config.linkerd.io/admission-webhooks': 'disabled' } },
    };
    expect(left([injected, plain, running], { writes: [away] })).toEqual([
      [
        'cart',
        'webhooks disabled in namespace',
        'Namespace./-/shop',
        'metadata.labels["config.linkerd.io/admission-webhooks"]',
      ],
    ]);
  });
});

test('the calls that suffer are told, both ways, and make it grave', () => {
  const edges = [
    seen('shop/Deployment/web', 'shop/Deployment/cart', 8080, { count: 91200 }),
    seen('shop/Deployment/old', 'shop/Deployment/cart', 8080, { count: 7, mTls: false }),
    seen('shop/Deployment/cart', 'pay/Deployment/ledger', 5432, { count: 1, unit: 'connections' }),
  ];
  const [found, ...others] = caused(leavesMesh, changed([injected, plain, running], { writes: [refusing], edges }));
  expect(others).toEqual([]);
  expect(found?.severity).toBe('high');
  expect(found?.message).toBe(
    'Deployment shop/cart leaves the mesh (injection disabled): 91,200 requests from shop/web, last 2026-11-24T11:59:00Z, lose mTLS and all policy; its own 1 connection to pay/ledger, last 2026-11-24T11:59:00Z, lose their identity; take linkerd.io/inject: disabled away',
  );
  expect(found?.row).toMatchObject({ callers: ['shop/web'], callees: ['pay/ledger'] });
  expect(caused(leavesMesh, changed([injected, plain, running], { writes: [refusing] }))[0]?.severity).toBe('medium');
});

test('what leaves the mesh is open to anybody, where policy shut it before', () => {
  const shut = { 'config.linkerd.io/default-inbound-policy': 'deny' };
  const before = [injected, deployment('cart', { ports, annotations: shut })];
  const writes = [deployment('cart', { ports, annotations: { ...shut, [INJECT]: 'disabled' } })];
  const [found, ...others] = caused(accessOpened, changed(before, { writes }));
  expect(others).toEqual([]);
  expect(found?.row).toMatchObject({ who: 'anybody', port: 8080 });
  expect(found?.places[0]).toEqual({
    key: 'Deployment.apps/shop/cart',
    field: `spec.template.metadata.annotations["${INJECT}"]`,
  });
});
