import { ForbiddenError } from '../../shared/domain/errors.ts';
import type { BuiltRequest } from './build-request.ts';
import { nameCaller } from './name-caller.ts';
import type { Connection } from './send-request.ts';

/** Why a gateway let nobody in, as far as its message tells, and what to do: with IAM, who asked and what that one needs. */
export async function explainForbidden(
  { address: { base, region, id = '*' }, authorization }: Pick<Connection, 'address' | 'authorization'>,
  { method, path }: BuiltRequest,
  message: string,
): Promise<ForbiddenError> {
  const said = `the API at ${base} does not let you in (it says: ${message})`;
  if (authorization.kind === 'token') {
    return new ForbiddenError(
      `${said}: the token of MESHGRAPH_API_TOKEN has expired, or is for another issuer or audience`,
    );
  }
  if (/token.* expired/i.test(message))
    return new ForbiddenError(`${said}: the AWS credentials have expired, log in again`);
  if (/signature (expired|not yet current)/i.test(message)) {
    return new ForbiddenError(`${said}: the clock of this machine is wrong`);
  }
  const { arn, account = '*' } = await nameCaller(region);
  const partition = /^arn:([^:]+):/.exec(arn)?.[1] ?? 'aws';
  const resource = `arn:${partition}:execute-api:${region ?? '*'}:${account}:${id}/$default/${method}${path}`;
  return new ForbiddenError(`${said}: it was asked as ${arn}, which needs execute-api:Invoke on ${resource}`);
}
