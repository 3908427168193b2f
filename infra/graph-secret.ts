import { InvalidInputError } from '../shared/domain/errors.ts';
import type { Deployment } from './deployment.ts';

/** Name or ARN of the secret with Neo4j's address and login. It is the user's own: the stack neither makes nor deletes it. */
export function graphSecretOf({ configuration }: Pick<Deployment, 'configuration'>): string {
  const { secret } = configuration.graph;
  if (secret !== undefined) return secret;
  throw new InvalidInputError('graph.secret: expected the name or ARN of a secret, but it is missing');
}
