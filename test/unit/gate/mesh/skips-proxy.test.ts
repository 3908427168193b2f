import { describe, expect, test } from 'vitest';
import { skipsProxy } from '../../../../shared/gate/rules/mesh/skips-proxy.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { deployment, podOf } from '../../linkerd/explain/mesh.ts';
import { namespace, policyObject } from '../../linkerd/policy/objects.ts';
import { caused, changed, seen } from '../access/small-mesh.ts';

const IN = 'config.linkerd.io/skip-inbound-ports';
const OUT = 'config.linkerd.io/skip-outbound-ports';
const SUBNETS = 'config.linkerd.io/skip-subnets';
const ports = [
  { name: 'http', containerPort: 8080 },
  { name: 'db', containerPort: 5432 },
];
const cart = (annotations: Record<string, string> = {}) =>
  deployment('cart', { ports, annotations: { 'linkerd.io/inject': 'enabled', ...annotations } });
const base = [namespace(), cart(), podOf('cart', 'cart-1', '10.1.0.11', { ports })];
const onDb = policyObject('Server', 'cart-db', { podSelector: { matchLabels: { app: 'cart' } }, port: 5432 });

const found = (before: readonly PolicyObject[], change: Parameters<typeof changed>[1]) =>
  caused(skipsProxy, changed(before, change)).map(({ severity, row: { direction, port } }) => [
    direction,
    port,
    severity,
  ]);

describe('inbound ports that pass by the proxy', () => {
  const calls = [
    seen('shop/Deployment/web', 'shop/Deployment/cart', 8080),
    seen('shop/Deployment/web', 'shop/Deployment/cart', 8081, { mTls: false }),
  ];

  test('are told where calls were seen, graver where they had mTLS', () => {
    expect(found(base, { writes: [cart({ [IN]: '8080-8081,9000' })], edges: calls })).toEqual([
      ['inbound', 8080, 'high'],
      ['inbound', 8081, 'medium'],
    ]);
  });

  test('are told where a Server claims them, with the annotation to blame', () => {
    const [one, ...others] = caused(skipsProxy, changed([...base, onDb], { writes: [cart({ [IN]: '5432' })] }));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ severity: 'high', row: { port: 5432, server: 'cart-db' } });
    expect(one?.places).toEqual([
      { key: 'Deployment.apps/shop/cart', field: `spec.template.metadata.annotations["${IN}"]` },
    ]);
    expect(one?.message).toBe(
      'port 5432 of Deployment shop/cart passes by the proxy: Server shop/cart-db guards it no more; take 5432 off skip-inbound-ports',
    );
  });

  test('are not told where nobody calls and nothing guards, where they did before, or where they come back', () => {
    expect(found(base, { writes: [cart({ [IN]: '8080' })] })).toEqual([]);
    const skipping = [namespace(), cart({ [IN]: '8080' })];
    expect(found(skipping, { writes: [cart({ [IN]: '8080', team: 'shop' })], edges: calls })).toEqual([]);
    expect(found(skipping, { writes: [cart()], edges: calls })).toEqual([]);
  });

  test('count once pods are created again where the Namespace lists them', () => {
    const [one] = caused(skipsProxy, changed([...base, onDb], { writes: [namespace({ [IN]: '5432' })] }));
    expect(one?.message).toContain('passes by the proxy once its pods are created again');
    expect(one?.places).toEqual([{ key: 'Namespace./-/shop', field: `metadata.annotations["${IN}"]` }]);
  });
});

describe('outbound calls that pass by the proxy', () => {
  const ledger = podOf('ledger', 'ledger-1', '10.9.0.1', { ports });
  const service: PolicyObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'ledger', namespace: 'shop' },
    spec: { selector: { app: 'ledger' }, clusterIP: '10.96.0.7', ports: [{ port: 80, targetPort: 'http' }] },
  };
  const before = [...base, ledger, service];
  const edges = [
    seen('shop/Deployment/cart', 'shop/Deployment/ledger', 8080),
    seen('shop/Deployment/cart', 'shop/Deployment/ledger', 5432),
  ];

  test.each([
    ['the port of the pod', { [OUT]: '5432' }, [5432]],
    ['the port of the Service, which iptables sees', { [OUT]: '80' }, [8080]],
    ['the subnet of the pods', { [SUBNETS]: '10.9.0.0/16' }, [8080, 5432]],
    ['the subnet of the Service', { [SUBNETS]: '10.96.0.0/16' }, [8080]],
    ['another port and subnet', { [OUT]: '9000', [SUBNETS]: '192.168.0.0/16' }, []],
  ])('by %s', (_, annotations, told) => {
    expect(found(before, { writes: [cart(annotations)], edges })).toEqual(
      told.map((port) => ['outbound', port, 'high']),
    );
  });

  test('are not told where none was seen, or they passed by before', () => {
    expect(found(before, { writes: [cart({ [OUT]: '5432' })] })).toEqual([]);
    const skipping = [namespace(), cart({ [OUT]: '5432' }), ledger];
    expect(found(skipping, { writes: [cart({ [OUT]: '5432', team: 'shop' })], edges })).toEqual([]);
  });
});
