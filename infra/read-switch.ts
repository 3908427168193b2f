import type { App } from 'aws-cdk-lib';
import { InvalidInputError } from '../shared/domain/errors.ts';

/** A context value that is on unless it is said to be off: as text by `-c`, as a boolean by cdk.json. Throws InvalidInputError. */
export function readSwitch({ node }: App, name: string): boolean {
  const value = String(node.tryGetContext(name) ?? true);
  if (value === 'true' || value === 'false') return value === 'true';
  throw new InvalidInputError(`-c ${name} takes true or false, not "${value}"`);
}
