import type { Command } from 'commander';
import { nearest } from '../../shared/domain/configuration/nearest.ts';
import { InvalidInputError, NotFoundError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';
import { withReader } from '../with-reader.ts';
import type { Judged } from './judged.ts';

/** Flags that say how to judge: a deployed API tells what was judged already, by its own configuration. */
const JUDGING = ['at', 'since', 'param', 'staleAfter', 'allowStale', 'record', 'checks', 'config'];

/** The checks as the deployment's evaluations left them: all, or those named. */
export async function readRecordedChecks(io: Io, ids: readonly string[], command: Command): Promise<readonly Judged[]> {
  const told = command.options.filter(
    (option) =>
      JUDGING.includes(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (told.length > 0) {
    const flags = told.map(({ long }) => long).join(', ');
    throw new InvalidInputError(
      `an API tells how its own evaluations judged: leave out ${flags}, or ask the graph itself`,
    );
  }
  const { cluster } = command.opts<{ cluster?: string }>();
  const { evaluations } = await withReader(io, (reader) => reader.readChecks({ cluster }));
  const known = evaluations.flatMap(({ results }) => results.map(({ check }) => check.id));
  for (const id of ids) mustBeKnown(id, [...new Set(known)]);
  return evaluations.map(({ results, ...evaluation }) => ({
    ...evaluation,
    results: results.filter(({ check }) => ids.length === 0 || ids.includes(check.id)),
  }));
}

function mustBeKnown(id: string, known: readonly string[]): void {
  if (known.includes(id)) return;
  const close = nearest(id, known);
  const hint = close === undefined ? `it has ${known.join(', ') || 'none'}` : `did you mean ${close}?`;
  throw new NotFoundError(`the deployment judges no check "${id}"; ${hint}`);
}
