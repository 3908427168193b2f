import { z } from 'zod';
import { FAMILIES, type Family } from '../../kubernetes/families.ts';
import { SEVERITIES } from '../check.ts';
import { CONTROLS, type ControlId } from '../controls.ts';

const text = z.string({ error: 'expected a text' }).trim().min(1, { error: 'expected a text' });
const columns = z.array(text).min(1, { error: 'expected at least one column' });

/** What the check.yaml of a check of the user's own says: for `meshgraph check` and for `meshgraph gate` alike. */
export const ownDescription = z.strictObject({
  title: text,
  severity: z.enum(SEVERITIES),
  rationale: text,
  remedy: text,
  /** One sentence; `{column}` stands for the row's value. */
  message: text,
  /** Columns that make it the same violation next time, before and after a change: no counts, no times. */
  fingerprint: columns,
  /** Columns that hold keys of the graph: what it is about, likeliest cause first. */
  about: columns.optional(),
  /** What must be known to judge. Left out = everything there is, since unknown is never clean. */
  needs: z
    .strictObject({
      traffic: z.boolean().default(false),
      families: z.array(z.enum(Object.keys(FAMILIES) as [Family, ...Family[]])).default([]),
    })
    .optional(),
  /** What population.cypher counts, in the plural. */
  population: text.optional(),
  controls: z.array(z.enum(Object.keys(CONTROLS) as [ControlId, ...ControlId[]])).default([]),
});

/** A check of the user's own as data: fit for JSON, so that a deployment takes it along. */
export type OwnCheck = z.infer<typeof ownDescription> & {
  /** The folder's name. */
  readonly id: string;
  /** How messages call the folder. */
  readonly folder: string;
  /** Where in check.yaml its keys are, from 1. */
  readonly lines: Readonly<Record<string, number>>;
  readonly query: string;
  /** The text of population.cypher. */
  readonly populationQuery?: string;
};

const PLACEHOLDER = /\{([A-Za-z_]\w*)\}/g;

/** The keys of check.yaml that name columns, with the columns they name. */
export const namedColumns = ({ message, fingerprint, about = [] }: OwnCheck): [key: string, columns: string[]][] => [
  ['message', [...message.matchAll(PLACEHOLDER)].map(([, column = '']) => column)],
  ['fingerprint', fingerprint],
  ['about', about],
];

/** The check's sentence about one row. */
export const toldMessage = ({ message }: Pick<OwnCheck, 'message'>, row: Readonly<Record<string, unknown>>): string =>
  message.replace(PLACEHOLDER, (_, column: string) => [row[column] ?? 'none'].flat().map(told).join(', '));

const told = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
