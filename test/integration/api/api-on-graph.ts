import { answerQuery } from '../../../functions/answer-query/answer-query.ts';
import { STALE_AFTER_MS } from '../../../shared/checks/stale-after.ts';
import type { KeepAnswer } from '../../../shared/domain/api/respond.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { graphReader, type ReadingContext } from '../../../shared/graph/reader/graph-reader.ts';
import { keptWalks } from '../../../shared/graph/reader/kept-walks.ts';
import { httpHandler } from '../../../shared/middleware/http-handler.ts';
import { httpEvent, lambdaContext, type SentRequest } from '../../http-event.ts';

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly json: any;
};

export type ApiOptions = Partial<Pick<ReadingContext, 'checks' | 'cypher' | 'now'>> & {
  readonly keepAnswer?: KeepAnswer;
};

// A line a request is for operators, not for who reads a test's report.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

const keepNothing: KeepAnswer = () => Promise.reject(new Error('no answer of this test is long'));

/** The API as the function wires it, on a graph of the test's: events in, HTTP answers out. */
export function apiOn(graph: Graph, options: ApiOptions = {}): (request: SentRequest) => Promise<ApiAnswer> {
  const { now = Date.now, checks = {}, cypher = { enabled: true, timeout: 5_000, maxRows: 100 } } = options;
  const readWalk = keptWalks(graph);
  const handler = httpHandler({
    service: 'answer-query',
    open: async () => ({
      readerFor: (caller: string | undefined) =>
        graphReader({ graph, readWalk, now, caller, checks, staleAfterMs: STALE_AFTER_MS, cypher }),
      keepAnswer: options.keepAnswer ?? keepNothing,
    }),
    work: answerQuery,
  });
  return async (request) => {
    const { statusCode, headers, body = '' } = await handler(httpEvent(request), lambdaContext('answer-query'));
    return {
      status: statusCode ?? 0,
      headers: headers as Record<string, string>,
      text: body,
      json: body === '' ? undefined : JSON.parse(body),
    };
  };
}
