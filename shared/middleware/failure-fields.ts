import { MeshgraphError } from '../domain/errors.ts';

/** Causes deeper than this say nothing new. */
const DEEPEST = 4;

/** What a log line tells of an error. Ours explain themselves; of others, which are faults, the trace is wanted too. */
export function failureFields(error: unknown): Record<string, string | string[]> {
  if (!(error instanceof Error)) return { error: 'not an Error', reason: String(error) };
  const causes: string[] = [];
  for (let link = error.cause; link instanceof Error && causes.length < DEEPEST; link = link.cause) {
    causes.push(`${link.name}: ${link.message}`);
  }
  return {
    error: error.name,
    reason: error.message,
    ...(causes.length > 0 && { causes }),
    ...(!(error instanceof MeshgraphError) && error.stack !== undefined && { stack: error.stack }),
  };
}
