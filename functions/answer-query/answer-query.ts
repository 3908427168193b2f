import type { ApiRequest, ApiResponse } from '../../shared/domain/api/http.ts';
import { openApi } from '../../shared/domain/api/openapi.ts';
import type { OperationId, Reader } from '../../shared/domain/api/operations.ts';
import { readRequest } from '../../shared/domain/api/read-request.ts';
import { type KeepAnswer, respond } from '../../shared/domain/api/respond.ts';
import { NotFoundError } from '../../shared/domain/errors.ts';

export type AnswerQueryDeps = {
  /** The graph as this caller may read it; undefined where nobody was authenticated. */
  readonly readerFor: (caller: string | undefined) => Reader;
  readonly keepAnswer: KeepAnswer;
};

/** Answers one request of the API. Throws the errors that shared/domain/api/problem.ts turns into answers. */
export async function answerQuery(
  { readerFor, keepAnswer }: AnswerQueryDeps,
  request: ApiRequest,
): Promise<ApiResponse> {
  const { id, input } = readRequest(request);
  return respond(await answerTo(id, input, () => readerFor(request.caller)), request, keepAnswer);
}

async function answerTo(id: OperationId, input: unknown, reader: () => Reader): Promise<unknown> {
  if (id === 'readOpenapi') return openApi();
  if (id === 'gateRelease') throw new NotFoundError('the gate is not here: gate-release answers it');
  return reader()[id](input as never);
}
