import { awsIdentity } from '../adapters/aws-credentials.ts';
import { awsDomain, signPost } from '../adapters/aws-signature.ts';
import type { KubernetesFetch } from '../adapters/kubernetes-fetch.ts';
import type { PrometheusSend } from '../adapters/prometheus.ts';
import { type PrometheusAccess, sendByUrl } from '../adapters/prometheus-http.ts';
import { sendThroughKubernetes } from '../adapters/prometheus-kubernetes.ts';
import { sendToWorkspace } from '../adapters/prometheus-workspace.ts';
import type { PrometheusSource, WorkspaceSource } from '../domain/configuration/prometheus.ts';
import type { Surroundings } from './connect-api-server.ts';
import { readSecret, readText } from './secret-text.ts';

type UrlSource = Extract<PrometheusSource, { url: string }>;

/** What messages call a source of traffic. */
export function prometheusName(source: PrometheusSource): string {
  if ('url' in source) return `Prometheus at ${source.url}`;
  if ('workspace' in source) return `Amazon Managed Prometheus workspace ${source.workspace}`;
  return `Prometheus behind Service ${source.namespace}/${source.service}`;
}

/** The way to a cluster's Prometheus. Throws the errors of shared/domain/errors.ts. */
export async function connectPrometheus(
  surroundings: Surroundings,
  source: PrometheusSource,
  apiServer: () => Promise<KubernetesFetch>,
): Promise<PrometheusSend> {
  if ('workspace' in source) return connectWorkspace(surroundings, source);
  if ('url' in source) return sendByUrl(await accessTo(surroundings, source));
  return sendThroughKubernetes(await apiServer(), source);
}

async function connectWorkspace({ now, silenceMs }: Surroundings, source: WorkspaceSource): Promise<PrometheusSend> {
  const identity = awsIdentity(source, now);
  const region = await identity.region();
  return sendToWorkspace({
    workspace: source.workspace,
    region,
    endpoint: `https://aps-workspaces.${region}.${awsDomain(region)}`,
    authorize: signPost('aps', identity),
    maxSamples: source.maxSamples,
    timeoutMs: silenceMs,
  });
}

async function accessTo(surroundings: Surroundings, { url, auth, ...source }: UrlSource): Promise<PrometheusAccess> {
  const ca = source.ca ?? (source.caFile && (await readText(source.caFile, 'the CA of Prometheus')));
  const access = { url, timeoutMs: surroundings.silenceMs, ...(ca && { ca }) };
  if (auth.type === 'basic') {
    const authorize = async () => {
      const password = await readSecret(surroundings, auth.password, 'the password for Prometheus');
      return { authorization: `Basic ${Buffer.from(`${auth.username}:${password}`).toString('base64')}` };
    };
    return { ...access, authorize };
  }
  if (auth.type === 'bearer') {
    const authorize = async () => ({
      authorization: `Bearer ${await readSecret(surroundings, auth.token, 'the token for Prometheus')}`,
    });
    return { ...access, authorize };
  }
  if (auth.type === 'clientCertificate') {
    return {
      ...access,
      certificate: await pemOf(surroundings, auth.certFile, 'the client certificate for Prometheus'),
      key: await pemOf(surroundings, auth.keyFile, "the client certificate's key"),
    };
  }
  return access;
}

const pemOf = (surroundings: Surroundings, at: string | Parameters<typeof readSecret>[1], purpose: string) =>
  typeof at === 'string' ? readText(at, purpose) : readSecret(surroundings, at, purpose);
