/** Queries written for `:Workload` and `:PART_OF`, for others: Cypher takes no parameter where a label or type stands. */
export const forLabel = (query: string, label: string): string => query.replaceAll(':Workload', `:${label}`);

export const forType = (query: string, type: string): string => query.replaceAll(':PART_OF', `:${type}`);

/** The query that creates relationships, written for `(:Pod)-[:PART_OF]->(:Workload)`. */
export function forEnds(query: string, from: string, type: string, to: string): string {
  const written: Readonly<Record<string, string>> = {
    ':Pod': `:${from}`,
    ':PART_OF': `:${type}`,
    ':Workload': `:${to}`,
  };
  return query.replace(/:(Pod|PART_OF|Workload)\b/g, (name) => written[name] as string);
}
