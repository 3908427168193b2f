import { describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../shared/adapters/aws-credentials.ts';
import { eksToken } from '../../../shared/adapters/aws-eks-token.ts';
import { verifySignature } from '../../signature-v4.ts';

const MINUTE = 60_000;
const SIGNED_AT = Date.parse('2026-11-24T12:00:00Z');
const credentials: AwsCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'IQoJb3JpZ2luX2VjE/+A=',
};
const identity = (changes: Partial<AwsCredentials> = {}, region = 'eu-central-1') => ({
  region: async () => region,
  credentials: async () => ({ ...credentials, ...changes }),
});

/** The rules of aws-iam-authenticator's pkg/token/token.go (Verify): what it would refuse, in its order. */
function refusals(token: string, cluster: string): string[] {
  const wrong: string[] = [];
  const refuse = (isWrong: boolean, why: string) => isWrong && wrong.push(why);
  refuse(token.length > 4096, 'longer than 4096 bytes');
  refuse(!token.startsWith('k8s-aws-v1.'), 'no k8s-aws-v1. prefix');
  const encoded = token.slice('k8s-aws-v1.'.length);
  refuse(!/^[A-Za-z0-9_-]+$/.test(encoded), 'no unpadded base64url');
  const url = new URL(Buffer.from(encoded, 'base64url').toString());
  refuse(url.protocol !== 'https:', 'no https');
  refuse(!/^sts(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/.test(url.host), `host ${url.host}`);
  refuse(url.pathname !== '/', 'a path');
  const names = [...url.searchParams.keys()].map((name) => name.toLowerCase());
  refuse(new Set(names).size !== names.length, 'a repeated parameter');
  const known = /^(action|version|x-amz-(algorithm|credential|date|expires|security-token|signature|signedheaders))$/;
  for (const name of names) refuse(!known.test(name), `parameter ${name}`);
  refuse(url.searchParams.get('Action') !== 'GetCallerIdentity', 'another action');
  refuse(!/(^|;)x-k8s-aws-id(;|$)/.test(url.searchParams.get('X-Amz-SignedHeaders') ?? ''), 'cluster not signed');
  const expires = Number(url.searchParams.get('X-Amz-Expires'));
  refuse(!(expires >= 0 && expires <= 900), `expires ${expires}`);
  refuse(!/^\d{8}T\d{6}Z$/.test(url.searchParams.get('X-Amz-Date') ?? ''), 'no date');
  // What it then asks of STS, with the header of its own cluster.
  const request = {
    method: 'GET',
    url: url.pathname + url.search,
    headers: { host: url.host, 'x-k8s-aws-id': cluster },
  };
  const { valid } = verifySignature({ ...request, body: '' }, () => credentials.secretAccessKey);
  refuse(!valid, 'signature');
  return wrong;
}

const urlOf = (token: string): URL => new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());

describe('an EKS token', () => {
  test('is one that the authenticator takes, and STS signs for the cluster it names only', async () => {
    const token = await eksToken('prod-eu', identity(), () => SIGNED_AT)();
    expect(refusals(token, 'prod-eu')).toEqual([]);
    expect(refusals(token, 'prod-us')).toEqual(['signature']);
  });

  test('is asked of the region of the cluster, for 60 seconds as the official client does', async () => {
    const url = urlOf(await eksToken('prod', identity(), () => SIGNED_AT)());
    expect(url.host).toBe('sts.eu-central-1.amazonaws.com');
    expect(url.searchParams.get('X-Amz-Expires')).toBe('60');
    expect(url.searchParams.get('X-Amz-Date')).toBe('20261124T120000Z');
    expect(url.searchParams.get('X-Amz-Security-Token')).toBe(credentials.sessionToken);
    const china = await eksToken('prod', identity({}, 'cn-north-1'), () => SIGNED_AT)();
    expect(urlOf(china).host).toBe('sts.cn-north-1.amazonaws.com.cn');
  });

  test('is refused once it was tampered with', async () => {
    const url = urlOf(await eksToken('prod', identity(), () => SIGNED_AT)());
    url.searchParams.set('X-Amz-Date', '20261124T121000Z');
    const token = `k8s-aws-v1.${Buffer.from(url.toString()).toString('base64url')}`;
    expect(refusals(token, 'prod')).toEqual(['signature']);
  });

  test('is kept for 13 minutes, one before the official client asks for a new one', async () => {
    let now = SIGNED_AT;
    const token = eksToken('prod', identity(), () => now);
    const first = await token();
    now = SIGNED_AT + 13 * MINUTE;
    expect(await token()).toBe(first);
    now += 1;
    expect(await token()).not.toBe(first);
  });

  test('does not outlive the credentials that signed it', async () => {
    let now = SIGNED_AT;
    const token = eksToken('prod', identity({ expiration: new Date(SIGNED_AT + 5 * MINUTE) }), () => now);
    const first = await token();
    now = SIGNED_AT + 4 * MINUTE + 1;
    expect(await token()).not.toBe(first);
  });
});
