import type { z } from 'zod';
import type { Check } from '../../checks/check.ts';
import { OPERATIONS, type OperationId, type Reader } from '../../domain/api/operations.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { ContractError } from '../../domain/errors.ts';
import type { Graph } from '../connection.ts';
import { certificateReading } from './certificate-reading.ts';
import { checkReading } from './check-reading.ts';
import { cypherReading } from './cypher-reading.ts';
import { findingReading } from './finding-reading.ts';
import { healthReading } from './health-reading.ts';
import type { ReadWalk } from './kept-walks.ts';
import { questionReading } from './question-reading.ts';
import { scanReading } from './scan-reading.ts';
import { topologyReading } from './topology-reading.ts';

/** What a reading of the graph goes by beside what is asked: who asks, when, and what the configuration says. */
export type ReadingContext = {
  readonly graph: Graph;
  /** Made once for a graph: it keeps what it read. */
  readonly readWalk: ReadWalk;
  readonly now: () => number;
  /** Who is asking; undefined where nobody was authenticated. */
  readonly caller: string | undefined;
  readonly checks: Configuration['checks'];
  /** Those of the user's own, where they are known here. */
  readonly ownChecks?: readonly Check[];
  /** Scans and evaluations older than this cannot be judged on. */
  readonly staleAfterMs: number;
  readonly cypher: { readonly enabled: boolean; readonly timeout: number; readonly maxRows: number };
};

/** The operations of the API answered by a graph, each answer exactly as it is described. */
export const graphReader = (context: ReadingContext): Reader =>
  asDescribed({
    ...questionReading(context),
    ...topologyReading(context),
    ...findingReading(context),
    ...checkReading(context),
    ...scanReading(context),
    ...certificateReading(context),
    ...cypherReading(context),
    ...healthReading(context),
  });

function asDescribed(reader: Reader): Reader {
  const held = Object.entries(reader).map(([id, read]) => [
    id,
    async (input: never) => {
      const answer = (OPERATIONS[id as OperationId].answer as z.ZodType).safeParse(await read(input));
      if (answer.success) return answer.data;
      throw new ContractError(`the graph holds something the answer of ${id} has no place for`, {
        cause: answer.error,
      });
    },
  ]);
  return Object.fromEntries(held) as Reader;
}
