import { once } from 'node:events';
import { type RequestOptions, request } from 'node:https';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

export type AwsAccess = {
  /** Where the emulator listens, and the authority that signed its certificate, PEM. */
  readonly endpoint: string;
  readonly ca: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
};

export type SignedRequest = {
  readonly service: string;
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The name the request is for, where that is not the endpoint's. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

/** Sends one request signed with SigV4; whatever the status, the answer. */
export async function signedRequest(access: AwsAccess, sent: SignedRequest): Promise<Answer> {
  const { hostname, host } = new URL(access.endpoint);
  const { service, method = 'GET', path, query = {}, headers = {}, body } = sent;
  const signer = new SignatureV4({ service, region: access.region, credentials: access.credentials, sha256: Sha256 });
  const signed = await signer.sign({
    protocol: 'https:',
    hostname,
    method,
    path,
    query: { ...query },
    headers: { ...headers, host: sent.host ?? host },
    ...(body !== undefined && { body }),
  });
  const search = new URLSearchParams(query).toString();
  return send(access, { method, path: search === '' ? path : `${path}?${search}`, headers: signed.headers }, body);
}

/** One request as it is. node:https, since fetch does not let its caller say the Host. */
export async function send(
  { endpoint, ca }: Pick<AwsAccess, 'endpoint' | 'ca'>,
  options: RequestOptions,
  body?: string,
): Promise<Answer> {
  const { hostname, port } = new URL(endpoint);
  const sent = request({ ...options, host: '127.0.0.1', port, servername: hostname, ca, agent: false });
  sent.end(body);
  const [message] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return { status: message.statusCode, headers: message.headers, text: Buffer.concat(chunks).toString('utf8') };
}
