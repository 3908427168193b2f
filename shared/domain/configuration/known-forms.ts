type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
};

/** The forms a JSON Schema knows for the mapping at a path, each as its keys: several where it offers alternatives. */
export function knownForms(schema: JsonSchema, path: readonly PropertyKey[]): string[][] {
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((branch) => knownForms(branch, path));
  const [step, ...rest] = path;
  if (step === undefined) return schema.properties ? [Object.keys(schema.properties), ...branches] : branches;
  const below =
    typeof step === 'number' ? schema.items : (schema.properties?.[String(step)] ?? schema.additionalProperties);
  return typeof below === 'object' ? [...knownForms(below, rest), ...branches] : branches;
}
