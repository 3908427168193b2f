import type { z } from 'zod';
import { ContractError } from '../domain/errors.ts';
import type { ParameterValue, QuestionParameter } from './parameter.ts';
import type { Walk } from './walk/walk.ts';

/** A node a question speaks of. */
export type NamedNode = { readonly label: string; readonly key: string; readonly name: string };

/** Parameters by name, read: nodes resolved, spans in milliseconds. Traffic is told for `[since, at)`, structure as of `at`. */
export type QuestionInput = {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly nodes: Readonly<Record<string, NamedNode>>;
  readonly values: Readonly<Record<string, ParameterValue>>;
  /** The hops of the period where the question `walks`; else none. */
  readonly walk: Walk;
};

export type AnswerColumn = {
  readonly name: string;
  readonly title: string;
  readonly kind?: 'instant';
  readonly meaning: string;
};
export type AnswerRow = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
/** All rows there are, and the answer in one sentence: about those of them that are within what was asked for. */
export type Answer = {
  readonly rows: readonly AnswerRow[];
  readonly summary: (rows: readonly AnswerRow[]) => string;
  /** Adds to a row what only rows that are told need: of many thousands most may be cut. */
  readonly finish?: (row: AnswerRow) => AnswerRow;
};

/**
 * What the filters `namespace` and `owner` go by: a row is told where a node whose key one of the columns holds lives
 * there, or is owned so. `meaning` names these nodes to people: "the caller".
 */
export type AnswerScope = { readonly columns: readonly string[]; readonly meaning: string };

type Description = {
  readonly id: string;
  readonly title: string;
  readonly parameters: readonly QuestionParameter[];
  /** What a table shows; rows may hold more. */
  readonly columns: readonly AnswerColumn[];
  readonly scope: AnswerScope;
  /** Of the recorded mesh: what docs/questions.md shows the answer of. */
  readonly example: Readonly<Record<string, string>>;
  /** It goes over the hops of the period: they are read once, and kept for the next such question. */
  readonly walks?: true;
  /** Reads `$cluster`, `$since`, `$at` and the parameters: a node as its key, null where none was named. */
  readonly query: string;
};

export type Question = Description & {
  /** Throws ContractError when a row has another shape than the question expects. */
  readonly answer: (rows: readonly unknown[], input: QuestionInput) => Answer;
};

type Definition<Row> = Description & {
  readonly row: z.ZodType<Row>;
  readonly answer: (rows: readonly Row[], input: QuestionInput) => Answer;
};

/** A question whose rows are typed where it is written and of one shape wherever it is asked. */
export function defineQuestion<Row>({ row, answer, ...description }: Definition<Row>): Question {
  const parse = (candidate: unknown): Row => {
    const parsed = row.safeParse(candidate);
    if (parsed.success) return parsed.data;
    throw new ContractError(`question ${description.id}: its query returned a row of another shape`, {
      cause: parsed.error,
    });
  };
  return { ...description, answer: (rows, input) => answer(rows.map(parse), input) };
}
