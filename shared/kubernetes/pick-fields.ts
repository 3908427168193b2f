export type Fields = Readonly<Record<string, unknown>>;

/** The named fields of an object, where it has them. */
export function pickFields(value: unknown, fields: readonly string[]): Fields {
  const from = (value ?? {}) as Fields;
  return Object.fromEntries(fields.filter((field) => from[field] !== undefined).map((field) => [field, from[field]]));
}
