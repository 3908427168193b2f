import { type Document, isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';

type Step = string | number;

/** `spec.rules[0].path` or `metadata.labels["app.kubernetes.io/name"]` as the steps that lead there. */
export const fieldSteps = (field: string): Step[] =>
  [...field.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[([^\]]*)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, bare, name]) =>
      index === undefined ? (quoted?.replace(/\\(.)/g, '$1') ?? bare ?? name ?? '') : Number(index),
  );

/**
 * Where a field is written, as an offset: of its key, of an item of a list, or of the nearest one above it that is written. What an
 * alias stands for is written at its anchor.
 */
export function offsetOfField(document: Document.Parsed, steps: readonly Step[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const step of steps) {
    if (isAlias(node)) node = node.resolve(document);
    const next = isMap(node) ? ownPair(node, step) : isSeq(node) ? { key: node.items[Number(step)] } : undefined;
    if (next === undefined || !isNode(next.key)) break;
    offset = next.key.range?.[0] ?? offset;
    node = 'value' in next ? next.value : next.key;
  }
  return offset;
}

const ownPair = (map: { readonly items: readonly { key: unknown; value: unknown }[] }, step: Step) =>
  map.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
