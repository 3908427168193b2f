import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '../../../scripts/function-bundles.mjs';
import type { GraphAccess } from '../../../shared/graph/connection.ts';
import type { HttpResult } from '../../../shared/middleware/http-event.ts';
import { CALLER, httpEvent, lambdaContext } from '../../http-event.ts';
import { verifySignature } from '../../signature-v4.ts';

export const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
export const TOKEN = 'a-token-of-the-issuer';

/** The bundles of answer-query and gate-release as they are deployed, behind a gateway, with the AWS services they ask. */
export type DeployedApi = {
  readonly url: string;
  /** Environment of whoever may call it, and of the functions. */
  readonly env: Readonly<Record<string, string>>;
  /** Paths of what was put into S3. */
  readonly kept: () => readonly string[];
  readonly stop: () => Promise<void>;
};

type Handler = (event: unknown, context: unknown) => Promise<HttpResult>;

export async function startDeployedApi(access: GraphAccess): Promise<DeployedApi> {
  const folder = await mkdtemp(join(tmpdir(), 'meshgraph-deployed-api-'));
  const root = join(import.meta.dirname, '../../../');
  await bundleFunctions(root, folder);
  const objects = new Map<string, string>();
  const aws = await listen(createServer(standInForAws(access, objects)));
  const env = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    AWS_ENDPOINT_URL: aws.url,
    GRAPH_SECRET_ARN: 'graph',
    OBSERVATIONS_BUCKET: 'observations',
    RESULTS_PREFIX: 'results/',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  };
  Object.assign(process.env, env);
  const query = await loadFunction(folder, 'answer-query');
  const gate = await loadFunction(folder, 'gate-release');
  const gateway = await listen(
    createServer((request, response) => {
      const isGate = request.method === 'POST' && request.url === '/v1/gate';
      return answer(isGate ? gate : query, request, response);
    }),
  );
  return {
    url: gateway.url,
    env,
    kept: () => [...objects.keys()],
    stop: async () => {
      await Promise.all([gateway.stop(), aws.stop()]);
      for (const name of Object.keys(env)) delete process.env[name];
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function loadFunction(folder: string, name: string): Promise<Handler> {
  const home = join(folder, 'functions', name);
  await writeFile(join(home, 'configuration.json'), JSON.stringify({ clusters: [{ name: 'test' }] }));
  const { handler } = (await import(join(home, 'index.mjs'))) as { handler: Handler };
  return handler;
}

type Response = import('node:http').ServerResponse;

/** What API Gateway does: lets in who signed with a key it knows, or bears the token, and makes an event of the request. */
async function answer(handler: Handler, request: IncomingMessage, response: Response): Promise<void> {
  const body = await textOf(request);
  const { method = '', url = '', headers } = request;
  const bearsToken = headers.authorization === `Bearer ${TOKEN}`;
  const { valid, service } = verifySignature({ method, url, headers, body }, () => SECRET_KEY);
  if (!bearsToken && !(valid && service === 'execute-api')) {
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden"}');
    return;
  }
  const sent = { method, target: url, headers: headers as Record<string, string>, userArn: CALLER };
  const event = httpEvent(body === '' ? sent : { ...sent, body });
  const result = await handler(event, lambdaContext('answer-query'));
  response.writeHead(result.statusCode ?? 500, result.headers as Record<string, string>).end(result.body);
}

/** Secrets Manager with one secret, STS that knows the caller, and S3 that keeps what is put. */
function standInForAws({ uri, username, password }: GraphAccess, objects: Map<string, string>) {
  return async (request: IncomingMessage, response: Response): Promise<void> => {
    const body = await textOf(request);
    const { pathname } = new URL(request.url ?? '', 'http://any');
    if (request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') {
      response.end(JSON.stringify({ SecretString: JSON.stringify({ uri, username, password }) }));
    } else if (body.includes('Action=GetCallerIdentity')) {
      const identity = `<Arn>${CALLER}</Arn><Account>123456789012</Account>`;
      response.end(
        `<GetCallerIdentityResponse><GetCallerIdentityResult>${identity}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
      );
    } else if (request.method === 'PUT') {
      objects.set(pathname, body);
      response.end();
    } else if (request.headers.authorization !== undefined) {
      // As S3 does: a presigned request must not show who is asking in a second way.
      response.writeHead(400).end('Only one auth mechanism allowed');
    } else {
      response.writeHead(objects.has(pathname) ? 200 : 404).end(objects.get(pathname));
    }
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export async function listen(server: Server): Promise<{ url: string; stop: () => Promise<void> }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
