import { describe, expect, test } from 'vitest';
import { callsDenied } from '../../../../shared/gate/rules/calls/calls-denied.ts';
import { callsMayBeDenied } from '../../../../shared/gate/rules/calls/calls-may-be-denied.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';
import {
  admits,
  namespace,
  network,
  networks,
  route,
  server,
  theRoute,
  theServer,
  webPod,
} from '../../linkerd/policy/objects.ts';
import { caused, changed } from '../access/small-mesh.ts';
import { API_TO_WEB, api, faring, service, UNMESHED_TO_WEB } from './seen-mesh.ts';

const open = [
  namespace(),
  webPod(),
  api,
  service(80),
  server('web-http', { proxyProtocol: 'HTTP/1' }),
  admits('all', theServer('web-http')),
];
const found = (writes: readonly PolicyObject[], edge: Edge = API_TO_WEB, objects: readonly PolicyObject[] = open) => {
  const judged = changed(objects, { writes, edges: [edge] });
  return [callsDenied, callsMayBeDenied].flatMap((rule) =>
    caused(rule, judged).map(({ message }) => `${rule.id}: ${message}`),
  );
};

/** A route for /v1 to which everybody is admitted. */
const versioned = [
  route('v1', 'web-http', [{ path: { type: 'PathPrefix', value: '/v1' } }]),
  admits('v1-all', theRoute('v1')),
];

describe('a fact that metrics do not tell decides', () => {
  test('what is asked for, where a route takes some paths and nothing takes the others', () => {
    expect(found(versioned)).toEqual([
      expect.stringMatching(
        /^calls-may-be-denied: 10 requests of shop\/api .*, may be denied with 404: no route takes the request, depending on what is asked for \(as with what no route names\), which metrics do not tell$/,
      ),
    ]);
  });

  test('the address, where only some are admitted; of a pod it is known', () => {
    const narrow = [networks('pods', { cidr: '10.1.0.0/16' }), admits('all', theServer('web-http'), network('pods'))];
    expect(found(narrow, UNMESHED_TO_WEB)[0]).toMatch(/^calls-may-be-denied: .*depending on the address of the caller/);
    expect(found(narrow, API_TO_WEB)).toEqual([]);
    const elsewhere = [
      networks('pods', { cidr: '10.9.0.0/16' }),
      admits('all', theServer('web-http'), network('pods')),
    ];
    expect(found(elsewhere, API_TO_WEB)[0]).toMatch(/^calls-denied: .*10\.1\.0\.20 is not in 10\.9\.0\.0\/16/);
  });

  test('what is spoken, where the Server takes one version of HTTP from callers without mesh', () => {
    const detecting = open.map((object) => (object.kind === 'Server' ? server('web-http') : object));
    const speaksOne = [server('web-http', { proxyProtocol: 'HTTP/1' })];
    expect(found(speaksOne, UNMESHED_TO_WEB, detecting)[0]).toMatch(
      /^calls-may-be-denied: .*, may be closed: the Server speaks HTTP\/1, the call is http2, depending on what is spoken \(as with http2\)/,
    );
    // Proxies translate between versions.
    expect(found(speaksOne, API_TO_WEB, detecting)).toEqual([]);
  });

  test('what is inside an opaque connection, where the port is to be HTTP', () => {
    const opaque = open.map((object) =>
      object.kind === 'Server' ? server('web-http', { proxyProtocol: 'opaque' }) : object,
    );
    const edge = faring('allowed', { ...API_TO_WEB, unit: 'connections' });
    expect(found([server('web-http', { proxyProtocol: 'HTTP/1' })], edge, opaque)[0]).toMatch(
      /^calls-may-be-denied: .*, may be closed: the Server speaks HTTP\/1, the call is no HTTP, depending on what is spoken/,
    );
  });

  test('whether the server speaks first, where an opaque port is to be detected and callers have no proxy', () => {
    const opaque = open.map((object) =>
      object.kind === 'Server' ? server('web-http', { proxyProtocol: 'opaque' }) : object,
    );
    const edge = faring('allowed', { ...UNMESHED_TO_WEB, unit: 'connections' });
    expect(found([server('web-http')], edge, opaque)[0]).toMatch(
      /^calls-may-be-denied: .*depending on what is spoken \(as with a protocol in which the server speaks first\)/,
    );
  });

  test('nothing for a pod of unknown address where all of clusterNetworks are let in', () => {
    const unborn: PolicyObject = { ...api, status: { phase: 'Running' } };
    const objects = [...open.filter((object) => object !== api), unborn];
    const blocks = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'];
    const narrowed = (...cidrs: string[]) => [
      networks('pods', ...cidrs.map((cidr) => ({ cidr }))),
      admits('all', theServer('web-http'), network('pods')),
    ];
    expect(found(narrowed(...blocks), API_TO_WEB, objects)).toEqual([]);
    expect(found(narrowed(...blocks.slice(1)), API_TO_WEB, objects)[0]).toMatch(
      /^calls-may-be-denied: .*depending on the address of the caller \(as with 10\./,
    );
  });

  test('no longer the address between pods of one workload, which call each other and not themselves', () => {
    const replica = (name: string, podIP: string): PolicyObject => ({
      ...webPod(),
      metadata: {
        ...webPod().metadata,
        name,
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' }],
      },
      status: { podIP },
    });
    const objects = [
      ...open.filter(({ kind }) => kind !== 'Pod'),
      replica('web-0', '10.1.0.9'),
      replica('web-1', '10.1.0.10'),
    ];
    const web = { label: 'Workload', key: 'prod/shop/StatefulSet/web', name: 'shop/web' };
    const elsewhere = [
      networks('pods', { cidr: '10.9.0.0/16' }),
      admits('all', theServer('web-http'), network('pods')),
    ];
    expect(found(elsewhere, { ...API_TO_WEB, from: web, to: web }, objects)[0]).toMatch(/^calls-denied: /);
  });

  test('the pod that is called, where one of several is to be another', () => {
    const pod = (name: string, podIP: string, app = 'web'): PolicyObject => ({
      ...webPod(),
      metadata: {
        ...webPod().metadata,
        name,
        labels: { ...webPod().metadata.labels, app },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' }],
      },
      status: { podIP },
    });
    const owned = [pod('web-0', '10.1.0.9'), pod('web-1', '10.1.0.10')];
    const closed = pod('web-1', '10.1.0.10', 'other');
    const shut = server('other-http', { podSelector: { matchLabels: { app: 'other' } } });
    const edge = { ...API_TO_WEB, to: { label: 'Workload', key: 'prod/shop/StatefulSet/web', name: 'shop/web' } };
    const objects = [...open.filter(({ kind }) => kind !== 'Pod'), api, ...owned];
    expect(found([closed, shut], edge, objects)[0]).toMatch(
      /^calls-may-be-denied: .*depending on the pod that is called \(as with web-1\)/,
    );
  });
});

test('a call through a Service whose port is marked opaque breaks at a Server that speaks HTTP', () => {
  const opaque = service(80, { 'config.linkerd.io/opaque-ports': '80' });
  expect(found([opaque])[0]).toMatch(
    /^calls-denied: .*, would be broken with 502: meshed callers send bytes, because opaque-ports of Service web lists 80/,
  );
  expect(found([service(80, { 'config.linkerd.io/opaque-ports': '443' })])).toEqual([]);
});
