import { Document } from 'yaml';
import { formatDuration } from '../../shared/domain/duration.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { SuggestedObject, Suggestion } from '../../shared/gate/suggest/suggestion.ts';

/** Manifests of several documents, with what was seen beside each rule. Ends with a newline. */
export function renderSuggestion(suggestion: Suggestion): string {
  return [`${headLines(suggestion).map(commented).join('\n')}\n`, ...suggestion.objects.map(renderObject)].join(
    '---\n',
  );
}

function headLines({ cluster, since, at, coveredMs, objects }: Suggestion): string[] {
  const watched = formatDuration(coveredMs);
  return [
    `The least Linkerd policy for what was seen in cluster ${cluster} from ${formatInstant(since)} to ${formatInstant(at)},`,
    `of which traffic is known for ${watched}. It admits whoever called, also who should not have: read it before you apply it.`,
    ...(objects.length === 0
      ? ['There is nothing to add: what is there admits these calls and nobody by default.']
      : []),
  ];
}

function renderObject({ object, comment, lines }: SuggestedObject): string {
  const document = new Document(object);
  for (const { path, comment: about } of lines) {
    const node = document.getIn(path, true) as { commentBefore?: string } | undefined;
    if (node) node.commentBefore = ` ${about}`;
  }
  const text = document.toString({ lineWidth: 0 });
  return `${comment.split('\n').map(commented).join('\n')}\n${text}`;
}

const commented = (line: string): string => `# ${line}`;
