import { formatInstant } from '../../shared/domain/instant.ts';
import { suggestPolicy } from '../../shared/gate/suggest/suggest-policy.ts';
import type { Suggestion } from '../../shared/gate/suggest/suggestion.ts';
import type { SuggestOptions } from '../commands/suggest.ts';
import { loadConfiguration } from '../configuration.ts';
import { writeResult } from '../export/write-result.ts';
import { openBaseline } from '../gate/open-baseline.ts';
import type { Io } from '../io.ts';
import { renderSuggestion } from './render-suggestion.ts';

/** Writes the least policy for what was seen, says on stderr what it cannot know, and ends with the code `--help` names. */
export async function runSuggest(io: Io, options: SuggestOptions): Promise<void> {
  const configuration = await loadConfiguration(io, options.config);
  const { baseline, unjudged } = await openBaseline(io, { ...options, configuration });
  const suggestion = suggestPolicy(baseline, options.namespace);
  const reasons = [...unjudged, ...nothingSeen(suggestion, options.namespace)];
  for (const note of [...baseline.notes, ...suggestion.unknown]) io.err(`note: ${note}\n`);
  if (reasons.length > 0) {
    for (const reason of reasons) io.err(`nothing can be suggested: ${reason}\n`);
    return io.exit(2);
  }
  const text = options.output === 'json' ? asJson(suggestion) : renderSuggestion(suggestion);
  await writeResult(io, options.out, [text]);
  io.exit(0);
}

function nothingSeen({ ports, since, at, coveredMs }: Suggestion, namespace: string | undefined): string[] {
  if (ports > 0 || coveredMs === 0) return [];
  const where = namespace === undefined ? '' : ` to ${namespace}`;
  return [`no call${where} that a proxy let in was seen from ${formatInstant(since)} to ${formatInstant(at)}`];
}

/** Comments have no place in JSON: what they tell is in `admitted`. */
function asJson({ objects, ...suggestion }: Suggestion): string {
  const told = { schema: 'meshgraph.suggest/v1', ...suggestion, objects: objects.map(({ object }) => object) };
  return `${JSON.stringify(told, null, 2)}\n`;
}
