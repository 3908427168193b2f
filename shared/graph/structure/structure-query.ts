/** Queries written for `:Workload` and `:PART_OF`, for others: Cypher takes no parameter where a label or type stands. */
export const forLabel = (query: string, label: string): string => query.replaceAll(':Workload', `:${label}`);

export const forType = (query: string, type: string): string => query.replaceAll(':PART_OF', `:${type}`);

/** The query that creates nodes, written for the one column `key`. Names are escaped: they may come from anywhere. */
export const forColumns = (query: string, names: readonly string[]): string =>
  query.replace('key: row[0]', () => names.map((name, column) => `${escaped(name)}: row[${column}]`).join(', '));

const escaped = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
