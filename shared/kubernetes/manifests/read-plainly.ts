import { CORE_SCHEMA, load } from 'js-yaml';
import type { DocumentPart } from './split-documents.ts';

/** A document that is one mapping and no List: what it says, and the line it begins at. */
export type PlainDocument = { readonly value: Readonly<Record<string, unknown>>; readonly line: number };

/** Anchors, aliases, tags, merges, keys in the long form, directives, templates, tabs: what readers of YAML differ in. */
const UNUSUAL = /(?:^|[\s[{,:-])[&*!?%@`]|<<|\{\{|\t|^---[^\r\n]/m;

/**
 * Reads what most manifests are, many times faster than with the places of all it says. undefined = the exact reader has to
 * say: it is unusual, several documents, or something is wrong with it.
 */
export function readPlainly({ text, line }: DocumentPart): PlainDocument | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const value = loaded(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { kind } = value as { readonly kind?: unknown };
  if (typeof kind !== 'string' || kind.endsWith('List')) return undefined;
  return { value: value as PlainDocument['value'], line: line + linesBefore(text) };
}

function loaded(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch {
    return undefined;
  }
}

/** Empty lines, comments and the mark of a document. */
const linesBefore = (text: string): number =>
  (/^(?:[ ]*(?:#[^\n]*)?\r?\n|---[ ]*\r?\n)*/.exec(text)?.[0].match(/\n/g) ?? []).length;
