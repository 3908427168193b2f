const LONGEST = 80;
const MOST = 3;

/**
 * What differs between two values kept as JSON texts, in a line: `replicas: 1 → 2`, or for a whole spec the places in it
 * that differ: `spec.identityRefs +{"kind":"ServiceAccount","name":"reports"}`.
 */
export function difference(path: string, before: string | null, after: string | null): string {
  const found = differing(path, parse(before), parse(after));
  const rest = found.length - MOST;
  return [...found.slice(0, MOST), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

/** A spec is kept as the JSON text of a JSON text. */
function parse(text: string | null): unknown {
  if (text === null) return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'string' || !/^[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function differing(path: string, before: unknown, after: unknown): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    return [
      ...without(before, after).map((one) => `${path} -${told(one)}`),
      ...without(after, before).map((one) => `${path} +${told(one)}`),
    ];
  }
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => differing(`${path}.${name}`, before[name], after[name]));
  }
  return [`${path}: ${told(before)} → ${told(after)}`];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const known = new Set(other.map((one) => JSON.stringify(one)));
  return list.filter((one) => !known.has(JSON.stringify(one)));
}

function told(value: unknown): string {
  const text = value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
