import { awsError } from '../domain/aws-error.ts';
import { UnavailableError } from '../domain/errors.ts';
import { type AwsIdentity, awsIdentity } from './aws-credentials.ts';
import { awsDomain, signerFor } from './aws-signature.ts';

const LIFETIME_S = 15 * 60;
const TIMEOUT_MS = 15_000;
const TYPE = 'application/json; charset=utf-8';

export type ResultStore = {
  /** Keeps a text under a name that is its digest, and says where anybody who has the address can fetch it until when (epoch ms). */
  readonly keep: (name: string, text: string) => Promise<{ readonly url: string; readonly expiresAt: number }>;
};

export type ResultPlace = {
  readonly bucket: string;
  readonly prefix: string;
  /** Where S3 is, when it is not AWS's own. */
  readonly endpoint?: string | undefined;
};

/**
 * Long answers in S3, below a prefix of the bucket, whose lifecycle removes them. One PUT and one address, signed by hand:
 * with S3's client, the function that answers the API would weigh 100 KB more at every cold start.
 */
export function resultStore(
  { bucket, prefix, endpoint }: ResultPlace,
  { now, identity = awsIdentity() }: { readonly now: () => number; readonly identity?: AwsIdentity },
): ResultStore {
  const signer = signerFor('s3', identity);
  const urlOf = async (key: string): Promise<URL> => {
    const region = await identity.region();
    return new URL(
      `${endpoint ? `${endpoint}/${bucket}` : `https://${bucket}.s3.${region}.${awsDomain(region)}`}/${key}`,
    );
  };

  const put = async (url: URL, body: string): Promise<void> => {
    const headers = { host: url.host, 'content-type': TYPE };
    const request = { method: 'PUT', protocol: url.protocol, hostname: url.hostname, path: url.pathname };
    const signed = await signer.sign({ ...request, headers, body }, { signingDate: new Date(now()) });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: 'PUT', headers: signed.headers, body, signal }).catch((cause) => {
      throw new UnavailableError(`S3 did not take a long answer (${url.host} does not answer): try again`, { cause });
    });
    if (!response.ok) throw refusal(url, response.status, await response.text());
  };

  return {
    keep: async (name, text) => {
      const url = await urlOf(`${prefix}${name}`);
      await put(url, text);
      const at = now();
      const request = { method: 'GET', protocol: url.protocol, hostname: url.hostname, path: url.pathname };
      const presigned = await signer.presign(
        { ...request, headers: { host: url.host, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' } },
        { expiresIn: LIFETIME_S, signingDate: new Date(at) },
      );
      for (const [field, value] of Object.entries(presigned.query ?? {})) url.searchParams.set(field, String(value));
      return { url: url.href, expiresAt: at + LIFETIME_S * 1_000 };
    },
  };
}

/** S3 tells what is wrong as XML, with the code that its client would take for the error's name. */
function refusal(url: URL, status: number, text: string): Error {
  const told = (tag: string): string => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1] ?? '';
  const error = Object.assign(new Error(told('Message')), {
    name: told('Code'),
    $metadata: { httpStatusCode: status },
  });
  return awsError(error, { doing: `keeping a long answer as ${url.origin}${url.pathname}`, action: 's3:PutObject' });
}
