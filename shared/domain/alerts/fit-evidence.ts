type Row = Readonly<Record<string, unknown>>;

/** Bytes of JSON a row may take in an alert. */
const MOST_BYTES = 8_000;
/** Longest text and list kept, tried one after another until the row fits. */
const STEPS = [
  { text: 500, list: 50 },
  { text: 200, list: 10 },
  { text: 60, list: 3 },
] as const;

/** A row whose long texts and lists are cut so far that it fits into an alert; where even that is too much, its columns' names. */
export function fitEvidence(row: Row): Record<string, unknown> {
  for (const step of STEPS) {
    const cut = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cutValue(value, step)]));
    if (jsonBytes(cut) <= MOST_BYTES) return cut;
  }
  return { columns: Object.keys(row).slice(0, 50).join(', ').slice(0, 1_000) };
}

function cutValue(value: unknown, limits: { readonly text: number; readonly list: number }): unknown {
  if (typeof value === 'string') return cutText(value, limits.text);
  if (!Array.isArray(value)) return value;
  const kept = value.slice(0, limits.list).map((one) => cutValue(one, limits));
  return kept.length < value.length ? [...kept, `and ${value.length - kept.length} more`] : kept;
}

/** The text, or its beginning and an ellipsis where it is longer than `most` UTF-16 units. Cuts no character in half. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\uD800-\uDBFF]/.test(text[most - 2] ?? '') ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

/** Bytes of a value as JSON in UTF-8. */
export const jsonBytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;
