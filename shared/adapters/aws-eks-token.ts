import type { AwsIdentity } from './aws-credentials.ts';
import { awsDomain, signerFor } from './aws-signature.ts';

/** The cluster accepts a token for 15 minutes after its signature; the official client asks for a new one after 14. */
const TOKEN_LIFE_MS = 14 * 60_000;
const RENEW_BEFORE_MS = 60_000;

/**
 * Bearer tokens for an EKS cluster: a presigned `sts:GetCallerIdentity` of the cluster's region with the signed header
 * `x-k8s-aws-id`, in unpadded base64url after `k8s-aws-v1.` (aws-iam-authenticator, pkg/token/token.go). Each is kept
 * and made anew before it expires; it is made offline.
 */
export function eksToken(cluster: string, identity: AwsIdentity, now: () => number): () => Promise<string> {
  let kept: { readonly token: string; readonly until: number } | undefined;
  return async () => {
    if (kept === undefined || now() > kept.until - RENEW_BEFORE_MS) {
      const at = now();
      kept = { token: await signToken(cluster, identity, at), until: await validUntil(identity, at) };
    }
    return kept.token;
  };
}

/** A token dies with the credentials that signed it. */
async function validUntil({ credentials }: AwsIdentity, signedAt: number): Promise<number> {
  const { expiration } = await credentials();
  return Math.min(signedAt + TOKEN_LIFE_MS, expiration?.getTime() ?? Number.POSITIVE_INFINITY);
}

async function signToken(cluster: string, identity: AwsIdentity, at: number): Promise<string> {
  const region = await identity.region();
  const hostname = `sts.${region}.${awsDomain(region)}`;
  const request = {
    method: 'GET',
    protocol: 'https:',
    hostname,
    path: '/',
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { host: hostname, 'x-k8s-aws-id': cluster },
  };
  // The server takes 0 to 900 here and gives 15 minutes whatever it says; 60 is what the official client sends.
  const { query = {} } = await signerFor('sts', identity).presign(request, {
    expiresIn: 60,
    signingDate: new Date(at),
  });
  const url = `https://${hostname}/?${new URLSearchParams(query as Record<string, string>)}`;
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}
