import { createHash, createHmac } from 'node:crypto';

/**
 * AWS Signature Version 4 as a server computes it, from AWS's description ("Create a signed AWS API request", IAM user
 * guide) and with nothing of the SDK: what our signatures are judged by.
 */
export type SignedRequest = {
  readonly method: string;
  /** Path and query, as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** What stands for the body's hash where a service takes something else, as S3 does in presigned addresses. */
  readonly payload?: string;
};

export type Verdict = {
  readonly valid: boolean;
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
};

/** Judges a request whose signature is in its Authorization header, or in its query as of a presigned URL. */
export function verifySignature(request: SignedRequest, secretOf: (accessKeyId: string) => string): Verdict {
  const { pathname, searchParams } = new URL(request.url, 'http://any');
  const given = searchParams.has('X-Amz-Signature') ? fromQuery(searchParams) : fromHeader(request.headers);
  const [accessKeyId = '', day = '', region = '', service = ''] = given.credential.split('/');
  const headers = given.signedHeaders.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`).join('');
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const canonical = [
    request.method,
    pathname.split('/').map(encode).join('/'),
    query,
    headers,
    given.signedHeaders.join(';'),
    request.payload ?? sha256(request.body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', given.date, scope, sha256(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretOf(accessKeyId)}`,
  );
  const valid = hmac(key, text).toString('hex') === given.signature;
  return { valid, accessKeyId, region, service, signedHeaders: given.signedHeaders };
}

type Given = {
  readonly credential: string;
  readonly date: string;
  readonly signature: string;
  readonly signedHeaders: readonly string[];
};

function fromQuery(query: URLSearchParams): Given {
  return {
    credential: query.get('X-Amz-Credential') ?? '',
    date: query.get('X-Amz-Date') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
  };
}

function fromHeader(headers: SignedRequest['headers']): Given {
  const text = String(headers.authorization ?? '');
  const part = (name: string): string => new RegExp(`${name}=([^, ]+)`).exec(text)?.[1] ?? '';
  return {
    credential: part('Credential'),
    date: String(headers['x-amz-date'] ?? ''),
    signature: part('Signature'),
    signedHeaders: part('SignedHeaders').split(';'),
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** RFC 3986: what encodeURIComponent leaves alone is encoded too. */
const encode = (text: string): string =>
  encodeURIComponent(decodeURIComponent(text)).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
