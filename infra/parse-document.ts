import { CHECKS } from '../shared/checks/registry.ts';
import type { ConfigurationDocument } from '../shared/domain/configuration/document.ts';
import { problemsOf } from '../shared/domain/configuration/problems.ts';
import { type Configuration, configurationJsonSchema, configurationSchema } from '../shared/domain/configuration.ts';
import { InvalidInputError } from '../shared/domain/errors.ts';

/** A configuration given as an object, with its defaults. Throws InvalidInputError with one line a problem. */
export function parseDocument(document: ConfigurationDocument): Configuration {
  const parsed = configurationSchema(CHECKS).safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error.issues, document, configurationJsonSchema(CHECKS));
  throw new InvalidInputError(problems.map(({ message }) => message).join('\n'));
}
