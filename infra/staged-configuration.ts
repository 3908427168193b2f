import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidInputError } from '../shared/domain/errors.ts';
import type { Deployment } from './deployment.ts';

export type StagedFile = { readonly name: string; readonly content: string };

/**
 * What lies beside a function's bundle: configuration.json, the CA certificates it names by file, under names relative to
 * it, and where there are any, the user's own checks. Throws InvalidInputError for a certificate that cannot be read.
 */
export function stagedConfiguration({
  document,
  directory,
  ownChecks,
}: Pick<Deployment, 'document' | 'directory' | 'ownChecks'>): StagedFile[] {
  const certificates: StagedFile[] = [];
  const staged = JSON.stringify(document, (key, value) => {
    if (key !== 'caFile' || typeof value !== 'string') return value;
    const name = `ca-${certificates.length}.pem`;
    certificates.push({ name, content: readCertificate(resolve(directory, value)) });
    return name;
  });
  const own = ownChecks.length === 0 ? [] : [{ name: 'own-checks.json', content: JSON.stringify(ownChecks) }];
  return [{ name: 'configuration.json', content: staged }, ...own, ...certificates];
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InvalidInputError(`caFile: ${path} cannot be read: it is deployed with the functions`, { cause });
  }
}
