import type { EvaluateChecksDeps } from './evaluate-checks.ts';

type ReadRows = EvaluateChecksDeps['readRows'];

/**
 * Reads each query once for as long as it lives: checks that walk the same calls share their rows. What a query does not
 * name of its parameters makes no difference.
 */
export function readOnce(readRows: ReadRows): ReadRows {
  const read = new Map<string, ReturnType<ReadRows>>();
  return (query, params) => {
    const named = Object.entries(params).filter(([name]) => query.includes(`$${name}`));
    const key = JSON.stringify([query, named]);
    const rows = read.get(key) ?? readRows(query, params);
    read.set(key, rows);
    return rows;
  };
}
