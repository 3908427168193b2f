import { describe, expect, it } from 'vitest';
import { authorize } from '../../../../shared/linkerd/policy/authorize.ts';
import { indexPolicies } from '../../../../shared/linkerd/policy/index-policies.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { admits, identities, meshTls, NAMESPACE, policyObject, server, theServer, webPod } from './objects.ts';

const CALL = {
  client: { address: '10.1.0.1', meshed: true, identity: 'a.shop.serviceaccount.identity.mesh.example.org' },
  server: { namespace: NAMESPACE, name: 'web' },
  port: 8080,
  protocol: 'http',
} as const;

const linkerdConfig = (values: string): PolicyObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'linkerd-config', namespace: 'mesh' },
  data: { values },
});

describe('indexPolicies', () => {
  it('takes the settings of the control plane from its ConfigMap', () => {
    const config = linkerdConfig(
      'identityTrustDomain: example.org\nproxy: {defaultInboundPolicy: deny}\nclusterNetworks: 10.0.0.0/8\n',
    );
    const { settings } = indexPolicies([config]);
    expect(settings).toMatchObject({
      trustDomain: 'example.org',
      controlPlaneNamespace: 'mesh',
      clusterNetworks: ['10.0.0.0/8'],
    });
    expect(authorize(indexPolicies([config, webPod()]), CALL)).toMatchObject({ status: 403, server: { name: 'deny' } });
  });

  it('gives accounts the identity the control plane would', () => {
    const account = policyObject('AuthorizationPolicy', 'ap', {
      targetRef: theServer('web'),
      requiredAuthenticationRefs: [{ kind: 'ServiceAccount', name: 'a' }],
    });
    const objects = [linkerdConfig('identityTrustDomain: example.org\n'), webPod(), server('web'), account];
    expect(authorize(indexPolicies(objects), CALL).verdict).toBe('allowed');
  });

  it('works out, without statuses, what the controller would accept', () => {
    const grpc = policyObject('GRPCRoute', 'g', { parentRefs: [theServer('web')], rules: [] });
    const http = policyObject('HTTPRoute', 'h', { parentRefs: [theServer('web')], rules: [{}] });
    const open = admits('ap', theServer('web'));
    const verdict = authorize(indexPolicies([webPod(), server('web'), grpc, http, open]), {
      ...CALL,
      method: 'GET',
      path: '/',
    });
    expect(verdict).toMatchObject({ verdict: 'allowed', route: { name: 'default' } });
    expect(verdict.notes.join()).toContain(
      'HTTPRoute h is not attached: it conflicts with GRPCRoute g on the same Server',
    );
  });

  it('believes a status that says no, unless told that statuses are of another state', () => {
    const parents = [
      {
        controllerName: 'linkerd.io/policy-controller',
        parentRef: theServer('web'),
        conditions: [{ type: 'Accepted', status: 'False', reason: 'NoMatchingParent' }],
      },
    ];
    const route = {
      ...policyObject('HTTPRoute', 'r', {
        parentRefs: [theServer('web')],
        rules: [{ matches: [{ path: { value: '/api' } }] }],
      }),
      status: { parents },
    };
    const objects = [webPod(), server('web', { accessPolicy: 'all-unauthenticated' }), route];
    const call = { ...CALL, method: 'GET', path: '/' };
    expect(authorize(indexPolicies(objects), call).verdict).toBe('allowed');
    expect(authorize(indexPolicies(objects, { trustStatus: false }), call).status).toBe(404);
  });

  it('passes over what the API server would not store', () => {
    const broken = { ...identities('m', '*'), spec: { identities: '*' } };
    const objects = [webPod(), server('web'), broken, admits('ap', theServer('web'), meshTls('m'))];
    expect(authorize(indexPolicies(objects), CALL).failed[0]?.message).toContain('does not exist');
    expect(indexPolicies([webPod({ 'config.linkerd.io/opaque-ports': 3306 as unknown as string })]).workloads).toEqual(
      [],
    );
  });

  it('finds external workloads, which have Servers of their own and no probes', () => {
    const machine: PolicyObject = {
      apiVersion: 'workload.linkerd.io/v1beta1',
      kind: 'ExternalWorkload',
      metadata: { name: 'vm', namespace: NAMESPACE, labels: { app: 'web' } },
      spec: {
        meshTLS: { identity: 'spiffe://root/vm', serverName: 'vm' },
        ports: [{ name: 'http', port: 80 }],
        workloadIPs: [{ ip: '192.0.2.1' }],
      },
    };
    const own = policyObject('Server', 'vms', {
      externalWorkloadSelector: { matchLabels: { app: 'web' } },
      port: 'http',
    });
    const policies = indexPolicies([machine, server('pods'), own]);
    const verdict = authorize(policies, { ...CALL, server: { address: '192.0.2.1' }, port: 80 });
    expect(verdict).toMatchObject({ status: 403, server: { name: 'vms' } });
    expect(policies.find({ address: '192.0.2.1' })?.identity).toBe('spiffe://root/vm');
  });

  it('tells callers through a Service what its annotation says is opaque', () => {
    const service: PolicyObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web-svc', namespace: NAMESPACE, annotations: { 'config.linkerd.io/opaque-ports': '80' } },
    };
    const policies = indexPolicies([
      webPod(),
      service,
      server('web', { proxyProtocol: 'HTTP/1', accessPolicy: 'all-unauthenticated' }),
    ]);
    const through = { ...CALL, service: { namespace: NAMESPACE, name: 'web-svc', port: 80 } };
    expect(authorize(policies, through)).toMatchObject({ verdict: 'broken', status: 502 });
    expect(authorize(policies, CALL)).toMatchObject({ verdict: 'allowed' });
  });

  it('takes the last of an object given twice, as manifests laid over a state are', () => {
    const now = server('web', { accessPolicy: 'all-unauthenticated' });
    expect(authorize(indexPolicies([webPod(), server('web'), now]), CALL).verdict).toBe('allowed');
    expect(authorize(indexPolicies([webPod(), now, server('web')]), CALL).verdict).toBe('denied');
  });

  it('cannot tell whether a workload is meshed without its Namespace', () => {
    const deployment = (annotations: Record<string, string>): PolicyObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: NAMESPACE },
      spec: { template: { metadata: { annotations }, spec: {} } },
    });
    expect(authorize(indexPolicies([deployment({})]), CALL)).toMatchObject({
      verdict: 'unknown',
      missing: ['server.namespace'],
    });
    const injected = authorize(indexPolicies([deployment({ 'linkerd.io/inject': 'enabled' })]), CALL);
    expect(injected.verdict).toBe('allowed');
    expect(injected.notes.join()).toContain('its Namespace is not among the objects');
  });

  it('believes the iptables of a running pod before its annotation', () => {
    const pod = webPod({ 'config.linkerd.io/skip-inbound-ports': '8080' });
    const args = ['--incoming-proxy-port', '4143', '--inbound-ports-to-ignore', '4190,4191,9000'];
    const spec = pod.spec as { initContainers: object[] };
    const real = {
      ...pod,
      spec: { ...spec, initContainers: [...spec.initContainers, { name: 'linkerd-init', args }] },
    };
    const judge = (object: PolicyObject, port: number) => authorize(indexPolicies([object]), { ...CALL, port }).verdict;
    expect([judge(real, 8080), judge(real, 9000), judge(real, 4191)]).toEqual(['allowed', 'not-enforced', 'allowed']);
    expect(judge(pod, 8080)).toBe('not-enforced');
  });

  it('needs no path of a gRPC call where a Server has no routes', () => {
    const objects = [webPod(), server('web', { proxyProtocol: 'gRPC', accessPolicy: 'all-unauthenticated' })];
    expect(authorize(indexPolicies(objects), { ...CALL, protocol: 'grpc' }).verdict).toBe('allowed');
    expect(authorize(indexPolicies(objects), CALL)).toMatchObject({ verdict: 'unknown', missing: ['method', 'path'] });
  });

  it('says that a route may answer with a redirect', () => {
    const redirect = { type: 'RequestRedirect', requestRedirect: { hostname: 'elsewhere' } };
    const route = policyObject('HTTPRoute', 'r', { parentRefs: [theServer('web')], rules: [{ filters: [redirect] }] });
    const objects = [webPod(), server('web', { accessPolicy: 'all-unauthenticated' }), route];
    expect(authorize(indexPolicies(objects), CALL)).toMatchObject({ verdict: 'allowed', route: { name: 'r' } });
    expect(authorize(indexPolicies(objects), CALL).notes.join()).toContain('redirect');
  });

  it('ignores a policy that requires two identities, as the controller does', () => {
    const objects = [webPod(), server('web'), identities('m', '*'), identities('n', '*')];
    const policy = admits('ap', theServer('web'), meshTls('m'), meshTls('n'));
    expect(authorize(indexPolicies([...objects, policy]), CALL).failed[0]?.clause).toBe('reference');
  });
});
