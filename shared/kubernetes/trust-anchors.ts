import { ContractError } from '../domain/errors.ts';
import { sha256 } from '../domain/sha256.ts';
import { distinct } from './kubernetes-object.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g;

/**
 * SHA-256 fingerprints, lower-case hex, of the certificates in a PEM bundle, sorted.
 * `undefined` where the text is not PEM: what a proxy trusts is then unknown, not nothing.
 */
export async function fingerprints(pem: string): Promise<string[] | undefined> {
  const bodies = [...pem.matchAll(CERTIFICATE)].map((match) => match[1] ?? '');
  try {
    return bodies.length > 0 ? distinct(await Promise.all(bodies.map(fingerprint))) : undefined;
  } catch {
    return undefined;
  }
}

/** The fingerprints of the trust bundle in ConfigMap linkerd-identity-trust-roots. */
export async function parseTrustBundle(pem: string): Promise<string[]> {
  const anchors = await fingerprints(pem);
  if (anchors) return anchors;
  throw new ContractError('expected PEM certificates in ConfigMap linkerd-identity-trust-roots, key "ca-bundle.crt"');
}

const fingerprint = (base64: string): Promise<string> =>
  sha256(Uint8Array.from(atob(base64.replace(/\s/g, '')), (char) => char.charCodeAt(0)));
