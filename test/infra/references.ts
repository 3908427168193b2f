import type { Synthesised } from './synthesise.ts';

/**
 * A value of the template as text: references become the construct's path below the MeshGraph in angle brackets,
 * `<storage/observations>/results/*`.
 */
export function readable(paths: Synthesised['paths'], value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref: ref } = value as Record<string, unknown>;
  if (Array.isArray(join)) return (join[1] as unknown[]).map((part) => readable(paths, part)).join(String(join[0]));
  const id = Array.isArray(attribute) ? String(attribute[0]) : String(ref);
  return id === 'AWS::Partition' ? 'aws' : `<${paths.get(id) ?? id}>`;
}
