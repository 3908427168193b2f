import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsIdentity } from './aws-credentials.ts';

/**
 * A signer for one AWS service, with the identity's credentials of the moment. S3 signs a path as it stands; other services
 * escape it once more.
 */
export const signerFor = (service: string, { region, credentials }: AwsIdentity): SignatureV4 =>
  new SignatureV4({ service, region, credentials, sha256: Sha256, uriEscapePath: service !== 's3' });

/** The headers that sign a POST of a form to an AWS service, of now. */
export function signPost(
  service: string,
  identity: AwsIdentity,
): (url: URL, body: string) => Promise<Record<string, string>> {
  const signer = signerFor(service, identity);
  return async (url, body) => {
    const headers = { host: url.host, 'content-type': 'application/x-www-form-urlencoded' };
    const { hostname, pathname: path, protocol } = url;
    const signed = await signer.sign({ method: 'POST', protocol, hostname, path, headers, body });
    return signed.headers;
  };
}

/** The domain AWS's endpoints of a region are in. */
export const awsDomain = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');
