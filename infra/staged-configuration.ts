import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConfigurationDocument } from '../shared/domain/configuration/document.ts';
import { InvalidInputError } from '../shared/domain/errors.ts';

export type StagedFile = { readonly name: string; readonly content: string };

/**
 * What lies beside a function's bundle: configuration.json, and the CA certificates it names by file, under names
 * relative to it. Throws InvalidInputError for a certificate that cannot be read.
 */
export function stagedConfiguration(document: ConfigurationDocument, directory: string): StagedFile[] {
  const certificates: StagedFile[] = [];
  const staged = JSON.stringify(document, (key, value) => {
    if (key !== 'caFile' || typeof value !== 'string') return value;
    const name = `ca-${certificates.length}.pem`;
    certificates.push({ name, content: readCertificate(resolve(directory, value)) });
    return name;
  });
  return [{ name: 'configuration.json', content: staged }, ...certificates];
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InvalidInputError(`caFile: ${path} cannot be read: it is deployed with the functions`, { cause });
  }
}
