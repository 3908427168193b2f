import { type Configuration, configurationJsonSchema, configurationSchema } from '../configuration.ts';
import type { KnownChecks } from './checks.ts';
import { type Problem, problemsOf } from './problems.ts';
import { withRegions } from './with-regions.ts';

/** A document as a whole configuration, its defaults filled in; or all that is wrong with it. */
export function fillIn(
  document: unknown,
  checks: KnownChecks,
): { readonly configuration: Configuration } | { readonly problems: readonly Problem[] } {
  const parsed = configurationSchema(checks).safeParse(document);
  if (parsed.success) return { configuration: withRegions(parsed.data) };
  return { problems: problemsOf(parsed.error.issues, document, configurationJsonSchema(checks)) };
}
