import type { z } from 'zod';
import {
  type Answer,
  type Input,
  OPERATIONS,
  type OperationId,
  type Reader,
} from '../../shared/domain/api/operations.ts';
import { ContractError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';
import { readApiAddress } from './api-address.ts';
import { authorizationOf } from './authorize-request.ts';
import { buildRequest } from './build-request.ts';
import { sendRequest } from './send-request.ts';

/** The gateway waits 30 s for an answer. */
const TIMEOUT_MS = 35_000;

export type AskApi = <Id extends OperationId>(id: Id, input: Input<Id>) => Promise<Answer<Id>>;

/** Asks operations of a deployed API. Throws the errors of shared/domain/errors.ts, in words. */
export function openApi(io: Pick<Io, 'env' | 'signal'>, url: string, timeoutMs = TIMEOUT_MS): AskApi {
  const address = readApiAddress(url);
  const authorization = authorizationOf(io, address);
  return async <Id extends OperationId>(id: Id, input: Input<Id>): Promise<Answer<Id>> => {
    const answer = await sendRequest({ address, authorization, signal: io.signal, timeoutMs }, buildRequest(id, input));
    const parsed = (OPERATIONS[id].answer as z.ZodType).safeParse(answer);
    if (parsed.success) return parsed.data as Answer<Id>;
    throw new ContractError(
      `${address.base} answered something else than a meshgraph API of this version does: is it one, and as new as this command?`,
      { cause: parsed.error },
    );
  };
}

/** A deployed API as the reading commands ask it. */
export function openApiReader(io: Pick<Io, 'env' | 'signal'>, url: string, timeoutMs?: number): Reader {
  const ask = openApi(io, url, timeoutMs);
  const ids = Object.keys(OPERATIONS) as OperationId[];
  return Object.fromEntries(ids.map((id) => [id, (input: never) => ask(id, input)])) as unknown as Reader;
}
