import { undeployable } from '../shared/domain/configuration/deployable.ts';
import type { Configuration } from '../shared/domain/configuration.ts';
import { InvalidInputError } from '../shared/domain/errors.ts';

/**
 * Refuses what a laptop can do and a Lambda cannot. `region` is that of the stack, undefined where it is not known until
 * deployment. Throws InvalidInputError with one line for each fault, each beginning with the key at fault.
 */
export function assertDeployable(configuration: Configuration, file: string, region: string | undefined): void {
  const faults = undeployable(configuration, region);
  if (faults.length > 0) throw new InvalidInputError(faults.map((fault) => `${file}: ${fault}`).join('\n'));
}
