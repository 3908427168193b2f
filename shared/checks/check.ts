import type { z } from 'zod';
import { ContractError } from '../domain/errors.ts';
import type { NodeRef } from '../domain/observation.ts';
import type { Family } from '../kubernetes/families.ts';
import type { ControlId } from './controls.ts';

/** Gravest first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

const CHECK_GROUPS = [
  'identity',
  'policy',
  'reachability',
  'novelty',
  'data',
  'orphans',
  'rbac',
  'labels',
  'mesh',
  /** Checks of the user's own. */
  'own',
] as const;

/** A span a check can be told, in milliseconds. */
export type CheckParameter = { readonly name: string; readonly meaning: string; readonly defaultMs: number };

/**
 * What a check must know to judge. `families` are fact families of cluster scans; none = it needs traffic only.
 * `watchedFor` names the parameter that says for how long traffic must have been watched.
 */
export type CheckNeeds = {
  readonly traffic: boolean;
  readonly families: readonly Family[];
  readonly watchedFor?: string;
};

/** One row of a check's query, told: what it concerns, and which of its values make it the same violation next time. */
export type Violation = {
  readonly message: string;
  readonly about: readonly NodeRef[];
  readonly fingerprint: readonly (string | number)[];
  readonly row: Readonly<Record<string, unknown>>;
};

/** Of how many things the violations are some: "3 of 41 workloads". */
export type Population = {
  /** What is counted, in the plural. */
  readonly noun: string;
  /** Reads what the check's query reads; its one row is `{count}`. */
  readonly query: string;
};

type Description = {
  /** The folder's name, the alert's title and the anchor in docs/checks.md. */
  readonly id: string;
  /** The heading it is printed under, as `linkerd check` groups its own. */
  readonly group: (typeof CHECK_GROUPS)[number];
  /** What a clean result means. */
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly remedy: string;
  readonly needs: CheckNeeds;
  readonly parameters: readonly CheckParameter[];
  /**
   * Reads `$cluster`, `$since`, `$at` (epoch ms, half-open), the parameters, and `$model`, what the entity model asks for
   * (model-parameter.ts); every row it returns is a violation, unless a step makes violations of its rows.
   */
  readonly query: string;
  /** More queries of the same parameters for the step, whose rows follow. A query that several checks have is read once. */
  readonly more?: readonly string[];
  readonly population: Population;
  /** Ids of the controls of frameworks that a clean result is evidence for (controls.ts). */
  readonly controls: readonly ControlId[];
};

export type Check = Omit<Description, 'population'> & {
  /** Absent only where a check of the user's own does not say. */
  readonly population?: Population;
  /** Names of the values a row has: what an exception can go by. */
  readonly columns: readonly string[];
  /** Rows of the query as violations. Throws ContractError when a row has another shape than the check expects. */
  readonly violations: (rows: readonly unknown[]) => Violation[];
};

/** What Cypher walks or weighs badly: makes rows of violations of the rows of the queries. Pure. */
type Step<Read, Row> = { readonly reads: z.ZodType<Read>; readonly reduce: (rows: readonly Read[]) => readonly Row[] };

type Definition<Row, Read> = Description & {
  readonly step?: Step<Read, Row>;
  readonly row: z.ZodType<Row> & { readonly shape: Readonly<Record<string, unknown>> };
  readonly message: (row: Row) => string;
  readonly about: (row: Row) => readonly NodeRef[];
  readonly fingerprint: (row: Row) => readonly (string | number)[];
};

/** A check whose rows are typed where it is written and of one shape wherever it is used. */
export function defineCheck<Row extends Record<string, unknown>, Read = Row>(definition: Definition<Row, Read>): Check {
  const { row: schema, step, message, about, fingerprint, ...description } = definition;
  const parse = <Shape>(shape: z.ZodType<Shape>, candidate: unknown): Shape => {
    const parsed = shape.safeParse(candidate);
    if (parsed.success) return parsed.data;
    throw new ContractError(`check ${definition.id}: its query returned a row of another shape`, {
      cause: parsed.error,
    });
  };
  const violation = (candidate: unknown): Violation => {
    const row = parse(schema, candidate);
    return { message: message(row), about: about(row), fingerprint: fingerprint(row), row };
  };
  const reduced = (rows: readonly unknown[]) => (step ? step.reduce(rows.map((row) => parse(step.reads, row))) : rows);
  const columns = Object.keys(schema.shape);
  return { ...description, columns, violations: (rows) => reduced(rows).map(violation) };
}
