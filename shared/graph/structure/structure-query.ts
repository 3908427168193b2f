/** Queries written for `:Workload` and `:PART_OF`, for others: Cypher takes no parameter where a label or type stands. */
export const forLabel = (query: string, label: string): string => query.replaceAll(':Workload', `:${label}`);

export const forType = (query: string, type: string): string => query.replaceAll(':PART_OF', `:${type}`);
