import type { Check } from '../../shared/checks/check.ts';
import { type ChosenCheck, configuredChecks } from '../../shared/checks/configured-checks.ts';
import { CHECKS } from '../../shared/checks/registry.ts';
import { nearest } from '../../shared/domain/configuration/nearest.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { parseDuration } from '../../shared/domain/duration.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';

/**
 * The checks to run as the configuration and the command line set them: those named, even where the configuration turns
 * them off, else all that are on. `parameters` are written `name=duration`, `ownChecks` are those of the user's own. Throws
 * InvalidInputError for unknown names, and where there is no check to run: nothing is clean that nobody looked at.
 */
export function chooseChecks(
  configured: Configuration['checks'],
  ids: readonly string[],
  parameters: readonly string[],
  ownChecks: readonly Check[] = [],
): ChosenCheck[] {
  const all = [...CHECKS, ...ownChecks];
  const known = all.map((check) => check.id);
  for (const id of ids) mustBeKnown('check', id, known);
  const named = configuredChecks(configured, ids, all);
  if (named.length === 0) throw new InvalidInputError('the configuration turns every check off: name those to run');
  const told = parameters.map(readParameter);
  const names = named.flatMap(({ check }) => check.parameters.map(({ name }) => name));
  for (const { name } of told) mustBeKnown('parameter', name, names);
  return named.map((chosen) => {
    const own = parametersOf(chosen.check.parameters, told);
    const justThisOnce = Object.keys(own).length > 0;
    return { ...chosen, parameters: { ...chosen.parameters, ...own }, ...(justThisOnce && { justThisOnce }) };
  });
}

const parametersOf = (own: readonly { name: string }[], told: readonly { name: string; ms: number }[]) =>
  Object.fromEntries(told.filter(({ name }) => own.some((one) => one.name === name)).map(({ name, ms }) => [name, ms]));

function readParameter(text: string): { name: string; ms: number } {
  const [name = '', value] = text.split('=', 2);
  if (value === undefined) throw new InvalidInputError(`a parameter is written name=duration, not "${text}"`);
  return { name, ms: parseDuration(value) };
}

function mustBeKnown(what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const close = nearest(name, known);
  const hint = close === undefined ? `; known: ${known.join(', ') || 'none'}` : `; did you mean ${close}?`;
  throw new InvalidInputError(`there is no ${what} "${name}"${hint}`);
}
