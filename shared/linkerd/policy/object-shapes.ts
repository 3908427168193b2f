import { z } from 'zod';
import { groupKind, type PolicyObject } from './policy-object.ts';

/** The types of the fields verdicts read, as the CRDs have them (crd-fields of edge-26.8.3); other fields may be anything. */
const text = z.string().nullish();
const number = z.number().nullish();
const list = <T extends z.ZodType>(of: T) => z.array(of).nullish();
const object = <T extends z.ZodRawShape>(shape: T) => z.looseObject(shape).nullish();
const ref = z.looseObject({ group: text, kind: text, name: z.string(), namespace: text });
const parent = z.looseObject({
  group: text,
  kind: text,
  name: z.string(),
  namespace: text,
  port: number,
  sectionName: text,
});
const networks = list(z.looseObject({ cidr: z.string(), except: list(z.string()) }));
const labels = z.record(z.string(), z.string()).nullish();
const expression = z.looseObject({ key: z.string(), operator: z.string(), values: list(z.string()) });
const selector = object({ matchLabels: labels, matchExpressions: list(expression) });
const limit = object({ requestsPerSecond: number });
const typed = z.looseObject({ type: text, value: text });
const named = z.looseObject({ name: z.string(), type: text, value: text });
const filters = list(z.looseObject({ type: text }));
const header = { headers: list(named), queryParams: list(named) };

const httpMatch = z.looseObject({ ...header, path: typed.nullish(), method: text });
const rpc = object({ type: text, service: text, method: text });
const route = (match: z.ZodType) =>
  object({
    parentRefs: list(parent),
    hostnames: list(z.string()),
    rules: list(z.looseObject({ matches: list(match), filters, backendRefs: list(z.unknown()) })),
  });

const port = z.looseObject({ name: text, containerPort: z.number(), protocol: text });
const probe = object({ httpGet: object({ path: text, port: z.union([z.number(), z.string()]) }) });
const probes = { livenessProbe: probe, readinessProbe: probe, startupProbe: probe };
const containers = list(z.looseObject({ name: z.string(), ports: list(port), ...probes }));
const podSpec = object({ containers, initContainers: containers, serviceAccountName: text });
const templated = object({ template: object({ spec: podSpec }) });

const SPECS: Readonly<Record<string, z.ZodType>> = {
  'Pod.': podSpec,
  'Deployment.apps': templated,
  'StatefulSet.apps': templated,
  'DaemonSet.apps': templated,
  'ReplicaSet.apps': templated,
  'ReplicationController.': templated,
  'Job.batch': templated,
  'CronJob.batch': object({ jobTemplate: object({ spec: templated }) }),
  'AuthorizationPolicy.policy.linkerd.io': object({ targetRef: ref.nullish(), requiredAuthenticationRefs: list(ref) }),
  'MeshTLSAuthentication.policy.linkerd.io': object({ identities: list(z.string()), identityRefs: list(ref) }),
  'NetworkAuthentication.policy.linkerd.io': object({ networks }),
  'ServerAuthorization.policy.linkerd.io': object({
    server: object({ name: text, selector }),
    client: object({
      networks,
      unauthenticated: z.boolean().nullish(),
      meshTLS: object({
        unauthenticatedTLS: z.boolean().nullish(),
        identities: list(z.string()),
        serviceAccounts: list(z.looseObject({ name: z.string(), namespace: text })),
      }),
    }),
  }),
  'Server.policy.linkerd.io': object({
    podSelector: selector,
    externalWorkloadSelector: selector,
    port: z.union([z.number(), z.string()]).nullish(),
    proxyProtocol: text,
    accessPolicy: text,
  }),
  'HTTPLocalRateLimitPolicy.policy.linkerd.io': object({
    targetRef: ref.nullish(),
    total: limit,
    identity: limit,
    overrides: list(z.looseObject({ requestsPerSecond: number, clientRefs: list(ref) })),
  }),
  'EgressNetwork.policy.linkerd.io': object({ trafficPolicy: text, networks }),
  'HTTPRoute.policy.linkerd.io': route(httpMatch),
  'HTTPRoute.gateway.networking.k8s.io': route(httpMatch),
  'GRPCRoute.gateway.networking.k8s.io': route(z.looseObject({ ...header, method: rpc })),
  'TLSRoute.gateway.networking.k8s.io': route(z.unknown()),
  'TCPRoute.gateway.networking.k8s.io': route(z.unknown()),
};

/** Fields of the wrong type, which the API server refuses. Annotations that YAML reads as numbers are the usual ones. */
export function misshapen(candidate: PolicyObject): Misshape[] {
  const issues = SPECS[groupKind(candidate)]?.safeParse(candidate.spec).error?.issues ?? [];
  const { labels: worn, annotations } = candidate.metadata;
  return [
    ...unquoted('metadata.labels', worn),
    ...unquoted('metadata.annotations', annotations),
    ...issues.map(({ path, message }) => ({ field: inWords(path), message })),
  ];
}

type Misshape = { readonly field: string; readonly message: string };

const inWords = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((field, step) => field + (typeof step === 'number' ? `[${step}]` : `.${String(step)}`), 'spec');

const unquoted = (field: string, values: Readonly<Record<string, unknown>> | null | undefined): Misshape[] =>
  Object.entries(values ?? {}).flatMap(([name, value]) =>
    typeof value === 'string'
      ? []
      : [{ field: `${field}[${name}]`, message: `expected a string, got ${value}: put it in quotes` }],
  );
