import { expect, test } from 'vitest';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { parseLinkerdConfig } from '../../../shared/kubernetes/control-plane.ts';
import { keptAnnotations } from '../../../shared/kubernetes/kept-annotations.ts';
import { trimConfigMap } from '../../../shared/kubernetes/trim-config-map.ts';
import { trimObject } from '../../../shared/kubernetes/trim-object.ts';
import { pod } from '../../cluster-of.ts';
import { recordedItems } from '../../recorded-objects.ts';

const keep = keptAnnotations(entityModelSchema.parse({ dataClass: { annotations: ['acme.example/data'] } }));

test('no environment of an application, no probe header or command leaves the cluster', () => {
  const container = {
    name: 'app',
    image: 'app:1',
    env: [{ name: 'PASSWORD', value: 'hunter2' }],
    args: ['--token=hunter2'],
    livenessProbe: { httpGet: { path: '/live', port: 80, httpHeaders: [{ name: 'Authorization', value: 'hunter2' }] } },
    readinessProbe: { exec: { command: ['check', 'hunter2'] } },
  };
  const whole = pod('web', [], { spec: { containers: [container], volumes: [{ secret: { secretName: 'hunter2' } }] } });
  const trimmed = trimObject('pods', whole, keep);
  expect(JSON.stringify(trimmed)).not.toContain('hunter2');
  expect(trimmed.spec).toEqual({
    containers: [{ name: 'app', image: 'app:1', livenessProbe: { httpGet: { path: '/live', port: 80 } } }],
  });
});

test('a recorded pod keeps what tells of its proxy and loses the rest', () => {
  const [web] = recordedItems('final', 'v1_pods').filter(({ metadata }) => metadata.name.startsWith('web-'));
  expect(JSON.stringify(web)).toContain('APP_CONFIG');
  const trimmed = JSON.stringify(trimObject('pods', web!, keep));
  for (const gone of ['APP_CONFIG', 'TRUTH_DIR', 'uid', 'volumes', 'tolerations', 'LINKERD2_PROXY_LOG'])
    expect(trimmed).not.toContain(gone);
  for (const kept of ['LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS', 'linkerd.io/proxy-version', 'readinessProbe', 'podIP'])
    expect(trimmed).toContain(kept);
});

test('only Linkerd’s annotations and those of the entity model are kept', () => {
  const annotations = {
    'config.linkerd.io/opaque-ports': '3306',
    'linkerd.io/inject': 'enabled',
    'acme.example/data': 'personal',
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'notlinkerd.io/inject': 'no',
  };
  const trimmed = trimObject('services', { metadata: { name: 'a', annotations } }, keep);
  expect(Object.keys(trimmed.metadata.annotations ?? {})).toEqual(Object.keys(annotations).slice(0, 3));
});

test('policy objects keep their whole spec and status', () => {
  const items = recordedItems('final', 'policy.linkerd.io_v1beta3_httproutes');
  expect(items.length).toBeGreaterThan(0);
  for (const route of items) {
    const { spec, status } = trimObject('httproutes.policy.linkerd.io', route, keep);
    expect({ spec, status }).toEqual({ spec: route.spec, status: route.status });
  }
});

test('the control plane’s ConfigMap keeps its settings and no certificate or key', () => {
  const values = [
    'linkerdVersion: edge-1',
    'identityTrustDomain: mesh.example',
    'proxy: {opaquePorts: "25,587", logLevel: warn}',
    'identity: {issuer: {issuanceLifetime: 24h, tls: {keyPEM: hunter2}}}',
  ].join('\n');
  const trimmed = trimConfigMap({
    metadata: { name: 'linkerd-config', namespace: 'linkerd' },
    data: { values, other: 'x' },
  });
  const kept = (trimmed.data as { values: string }).values;
  expect(kept).not.toContain('hunter2');
  expect(kept).not.toContain('logLevel');
  expect(kept).toContain('issuanceLifetime: 24h');
  expect(parseLinkerdConfig(kept)).toEqual(parseLinkerdConfig(values));
});
