import type { OwnCheck } from '../shared/checks/own-checks/own-check.ts';
import { toCheck } from '../shared/checks/own-checks/to-check.ts';
import { CHECKS } from '../shared/checks/registry.ts';
import type { ConfigurationDocument } from '../shared/domain/configuration/document.ts';
import { problemsOf } from '../shared/domain/configuration/problems.ts';
import { type Configuration, configurationJsonSchema, configurationSchema } from '../shared/domain/configuration.ts';
import { InvalidInputError } from '../shared/domain/errors.ts';

/** A configuration given as an object, with its defaults; `own` are the user's own checks. Throws InvalidInputError with one line a problem. */
export function parseDocument(document: ConfigurationDocument, own: readonly OwnCheck[]): Configuration {
  const checks = [...CHECKS, ...own.map(toCheck)];
  const parsed = configurationSchema(checks).safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error.issues, document, configurationJsonSchema(checks));
  throw new InvalidInputError(problems.map(({ message }) => message).join('\n'));
}
