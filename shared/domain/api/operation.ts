import type { z } from 'zod';
import { LONGEST_BODY } from './http.ts';

/**
 * One operation of the HTTP API, as data: routing, validation, OpenAPI, the reference and the command line's client are
 * all made from it. `input` holds every parameter by name: those in braces of `path` stand in the path, the others in
 * the query of a GET and in the JSON body of a POST.
 */
export type Operation = {
  readonly servedBy: 'answer-query' | 'gate-release';
  readonly method: 'GET' | 'POST';
  readonly path: `/v1/${string}`;
  readonly summary: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly answer: z.ZodType;
  /** Statuses beside those any operation may answer (shared/domain/api/problem.ts). */
  readonly fails: readonly number[];
  /** Bytes a body may have, counted as carried (http.ts), where it may be longer than others. */
  readonly longestBody?: number;
};

export const longestBody = ({ longestBody = LONGEST_BODY }: Operation): number => longestBody;

/** Names of the parameters in a path's braces, in order. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
