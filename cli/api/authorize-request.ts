import { awsIdentity } from '../../shared/adapters/aws-credentials.ts';
import { signerFor } from '../../shared/adapters/aws-signature.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';
import type { ApiAddress } from './api-address.ts';
import { type BuiltRequest, contentType } from './build-request.ts';

/** How requests show who is asking: the headers to send, and who that is for words. */
export type Authorization = {
  readonly kind: 'aws' | 'token';
  readonly headersFor: (request: BuiltRequest) => Promise<Record<string, string>>;
};

/** A token where MESHGRAPH_API_TOKEN holds one, else a signature (SigV4) with the credentials of AWS's default chain. */
export function authorizationOf({ env }: Pick<Io, 'env'>, { base, region }: ApiAddress): Authorization {
  const token = env.MESHGRAPH_API_TOKEN?.trim();
  if (token) return { kind: 'token', headersFor: async () => ({ authorization: `Bearer ${checkToken(token)}` }) };
  const signer = signerFor('execute-api', awsIdentity(region === undefined ? {} : { region }));
  const { host, protocol, pathname } = new URL(base);
  return {
    kind: 'aws',
    headersFor: async (request) => {
      const { method, path, query, body } = request;
      const stage = pathname === '/' ? '' : pathname;
      const headers = { host, ...contentType(request) };
      const signed = await signer.sign({
        method,
        protocol,
        hostname: host,
        path: `${stage}${path}`,
        query: { ...query },
        headers,
        ...(body !== undefined && { body }),
      });
      const { host: _, ...rest } = signed.headers;
      return rest;
    },
  };
}

/** fetch refuses a header that is none with a message that quotes it, and messages end in the logs of CI. */
function checkToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new InvalidInputError(
    'MESHGRAPH_API_TOKEN should hold one token, but it has blanks, line breaks or letters that no token has',
  );
}
