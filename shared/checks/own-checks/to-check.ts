import type { NodeRef } from '../../domain/observation.ts';
import { FAMILIES, type Family } from '../../kubernetes/families.ts';
import type { Check, Violation } from '../check.ts';
import { entityOf } from './entity-of.ts';
import { namedColumns, type OwnCheck, toldMessage } from './own-check.ts';

const EVERYTHING: Check['needs'] = { traffic: true, families: Object.keys(FAMILIES) as Family[] };

/** A check of the user's own as any other. Columns for exceptions are those its description names. */
export function toCheck(own: OwnCheck): Check {
  const { id, title, severity, rationale, remedy, needs = EVERYTHING, controls, query, population } = own;
  return {
    ...{ id, group: 'own', title, severity, rationale, remedy, needs, parameters: [], controls, query },
    ...(population !== undefined && { population: { noun: population, query: own.populationQuery ?? '' } }),
    columns: [...new Set(namedColumns(own).flatMap(([, columns]) => columns))],
    violations: (rows) => onceEach(rows.map((row) => toViolation(own, row as Readonly<Record<string, unknown>>))),
  };
}

function toViolation(own: OwnCheck, row: Readonly<Record<string, unknown>>): Violation {
  return {
    message: toldMessage(own, row),
    about: (own.about ?? []).flatMap((column) => [row[column]].flat().flatMap(entitiesIn)),
    fingerprint: own.fingerprint.map((column) => JSON.stringify(row[column] ?? null)),
    row,
  };
}

/** Rows that differ only in what does not make a violation another are one; the first tells of it. */
function onceEach(violations: readonly Violation[]): Violation[] {
  const first = new Map<string, Violation>();
  for (const one of violations) {
    const name = JSON.stringify(one.fingerprint);
    if (!first.has(name)) first.set(name, one);
  }
  return [...first.values()];
}

const entitiesIn = (key: unknown): readonly NodeRef[] => (typeof key === 'string' ? [entityOf(key)] : []);
