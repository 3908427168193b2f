import type { z } from 'zod';
import { ContractError } from '../domain/errors.ts';

/** What a question is told. `node` names a node of one of `labels`; a `duration` is milliseconds once read. */
export type QuestionParameter = {
  readonly name: string;
  readonly meaning: string;
} & (
  | { readonly kind: 'node'; readonly labels: readonly string[] }
  | { readonly kind: 'duration'; readonly defaultMs: number | null }
);

/** A node a question speaks of. */
export type NamedNode = { readonly label: string; readonly key: string; readonly name: string };

/** Parameters by name, read: nodes resolved, spans in milliseconds. Traffic is told for `[since, at)`, structure as of `at`. */
export type QuestionInput = {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly nodes: Readonly<Record<string, NamedNode>>;
  readonly values: Readonly<Record<string, number | string | null>>;
};

export type AnswerColumn = { readonly name: string; readonly title: string; readonly kind?: 'instant' };
export type AnswerRow = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
export type Answer = { readonly summary: string; readonly rows: readonly AnswerRow[] };

type Description = {
  readonly id: string;
  readonly title: string;
  readonly parameters: readonly QuestionParameter[];
  /** What a table shows; rows may hold more. */
  readonly columns: readonly AnswerColumn[];
  /** Reads `$cluster`, `$since`, `$at` and the parameters: a node as its key. */
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
