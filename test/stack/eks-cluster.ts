import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACCOUNT } from './emulator.ts';
import { createRole } from './iam.ts';
import { type AwsAccess, send, signedRequest } from './signed-request.ts';

export type EksEndpoint = {
  /** For AWS_ENDPOINT_URL_EKS. */
  readonly url: string;
  /** From now on it speaks for the emulator's EKS, where the cluster of this name is the API server given. */
  readonly serve: (
    aws: AwsAccess,
    name: string,
    apiServer: { readonly url: string; readonly ca: string },
  ) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * EKS as the emulator has it, which knows permissions but starts no API server: requests pass through it, signature and
 * all, and the clusters in its answers get the address and CA of those that are served here.
 */
export async function startEksEndpoint(): Promise<EksEndpoint> {
  const apiServers = new Map<string, { readonly url: string; readonly ca: string }>();
  let emulator: AwsAccess | undefined;
  const server = createServer(async ({ method = 'GET', url = '/', headers }, response) => {
    const { status, text } = await send(emulator!, { method, path: url, headers });
    const answer = JSON.parse(text) as { cluster?: { name: string } };
    const apiServer = apiServers.get(answer.cluster?.name ?? '');
    if (answer.cluster !== undefined && apiServer !== undefined) {
      const data = Buffer.from(apiServer.ca).toString('base64');
      Object.assign(answer.cluster, { endpoint: apiServer.url, certificateAuthority: { data } });
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: async (aws, name, apiServer) => {
      emulator = aws;
      apiServers.set(name, apiServer);
      await createRole(aws, `eks-${name}`, 'eks.amazonaws.com');
      const body = JSON.stringify({
        name,
        roleArn: `arn:aws:iam::${ACCOUNT}:role/eks-${name}`,
        resourcesVpcConfig: {},
      });
      const created = await signedRequest(aws, { service: 'eks', method: 'POST', path: '/clusters', body });
      if (created.status !== 200) throw new Error(`the EKS cluster was not created: ${created.text}`);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Who a bearer token of an EKS cluster stands for, as aws-iam-authenticator finds out: the presigned request in it is
 * sent to STS together with the cluster's name, which is part of what was signed.
 */
export async function callerOf(aws: AwsAccess, cluster: string, token: string): Promise<string | undefined> {
  if (!token.startsWith('k8s-aws-v1.')) return undefined;
  const url = new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString('utf8'));
  const headers = { host: url.host, 'x-k8s-aws-id': cluster };
  const { status, text } = await send(aws, { path: url.pathname + url.search, headers });
  return status === 200 ? /<Arn>([^<]+)<\/Arn>/.exec(text)?.[1] : undefined;
}
