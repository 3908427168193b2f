import { z } from 'zod';
import { VIZ_LABELS } from '../../linkerd/traffic/labels.ts';
import { assumedRole } from './aws-scalars.ts';
import { httpUrl, path, pem, secret } from './scalars.ts';

const authentication = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('basic'), username: z.string().min(1), password: secret }),
  z.strictObject({ type: z.literal('bearer'), token: secret }),
  z.strictObject({
    type: z.literal('clientCertificate'),
    certFile: z.union([path, secret]),
    keyFile: z.union([path, secret]),
  }),
]);

const labelName = z
  .string()
  .regex(/^[a-zA-Z_]\w*$/, { error: 'expected the name of a Prometheus label, like k8s_namespace' });

const labels = z
  .strictObject({
    selector: z
      .string()
      .min(1)
      .default(VIZ_LABELS.selector)
      .describe("Matchers that single out the proxies' series, as PromQL."),
    target: z
      .array(labelName)
      .min(1)
      .default([...VIZ_LABELS.target])
      .describe('Labels that together name one scrape target.'),
    instance: labelName.default(VIZ_LABELS.instance).describe('The one label of `target` that tells targets apart.'),
    namespace: labelName.default(VIZ_LABELS.namespace).describe("Label with the scraped pod's namespace."),
    pod: labelName.default(VIZ_LABELS.pod).describe("Label with the scraped pod's name."),
    workloadKinds: z
      .record(labelName, z.string().min(1))
      .default({})
      .transform((kinds) => ({ ...VIZ_LABELS.workloadKinds, ...kinds }))
      .describe('More labels that name an owner, and its Kubernetes kind: {rollout: Rollout}.'),
  })
  .prefault({})
  .describe("Names your scraper gives to labels; the defaults are those of linkerd-viz's own Prometheus.");

const byUrl = z.strictObject({
  url: httpUrl.describe('Base URL of the Prometheus API, without /api/v1.'),
  auth: authentication.default({ type: 'none' }),
  caFile: path.optional().describe('CA certificates (PEM) that sign the server, where the system does not know them.'),
  ca: pem.optional().describe('Those certificates themselves, instead of caFile.'),
  labels,
});

const throughKubernetes = z.strictObject({
  through: z.literal('kubernetes').describe("Reach it through the API server's service proxy."),
  namespace: z.string().min(1).default('linkerd-viz'),
  service: z.string().min(1).default('prometheus'),
  port: z.int().min(1).max(65535).default(9090),
  labels,
});

const byWorkspace = z.strictObject({
  workspace: z
    .string()
    .regex(/^ws-[0-9a-z-]+$/, { error: 'expected the id of a workspace like ws-1234abcd-12ab-34cd-56ef-1234567890ab' })
    .describe('Id of an Amazon Managed Prometheus workspace; requests are signed with AWS credentials.'),
  ...assumedRole,
  maxSamples: z
    .int()
    .min(1)
    .optional()
    .describe('The workspace stops a query that touches more samples than this, so that none costs more.'),
  labels,
});

/** Where a cluster's proxy metrics are: a URL, a Service behind the Kubernetes API server, or a workspace of AWS. */
export const prometheusSource = z.union([byUrl, throughKubernetes, byWorkspace], {
  error: 'expected {url: ...}, {through: kubernetes} or {workspace: ws-...}',
});

export type PrometheusSource = z.infer<typeof prometheusSource>;
export type WorkspaceSource = z.infer<typeof byWorkspace>;
