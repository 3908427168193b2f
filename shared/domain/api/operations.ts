import type { z } from 'zod';
import { readCertificates } from './certificates.ts';
import { readChecks } from './checks.ts';
import { runCypher } from './cypher.ts';
import { acceptFinding, listFindings, readFinding, reopenFinding } from './findings.ts';
import { gateRelease } from './gate.ts';
import type { Operation } from './operation.ts';
import { askQuestion, listQuestions, readDiff } from './questions.ts';
import { listScans, readCoverage } from './scans.ts';
import { readHealth, readOpenapi } from './service.ts';
import { readGraph, readNeighbourhood } from './topology.ts';

/** Every operation of the API by its id. What is in no path here is answered 404 by answer-query, as problem+json. */
export const OPERATIONS = {
  listQuestions,
  askQuestion,
  readGraph,
  readNeighbourhood,
  readDiff,
  listFindings,
  readFinding,
  acceptFinding,
  reopenFinding,
  readChecks,
  readCertificates,
  listScans,
  readCoverage,
  gateRelease,
  runCypher,
  readHealth,
  readOpenapi,
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof OPERATIONS;
export type Input<Id extends OperationId> = z.output<(typeof OPERATIONS)[Id]['input']>;
export type Answer<Id extends OperationId> = z.output<(typeof OPERATIONS)[Id]['answer']>;

/**
 * What the API answers and the reading commands print: one function an operation, whether a graph or a deployed API is
 * behind it. Errors are those of shared/domain/errors.ts.
 */
export type Reader = {
  readonly [Id in Exclude<OperationId, 'gateRelease' | 'readOpenapi'>]: (input: Input<Id>) => Promise<Answer<Id>>;
};
