import { type Document, isMap, LineCounter, parseAllDocuments } from 'yaml';
import { InvalidInputError } from '../../domain/errors.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { fieldSteps, offsetOfField } from './field-line.ts';
import { whyNoManifest } from './no-manifest.ts';
import { readPlainly } from './read-plainly.ts';
import { type DocumentPart, splitDocuments } from './split-documents.ts';
import { isTemplated, templateAt } from './templates.ts';
import { whyUnknownVersion } from './unknown-version.ts';

/** An object as a manifest writes it. */
export type ManifestObject = KubernetesObject & { readonly apiVersion: string; readonly kind: string };

/** Where an object is written. Lines count from 1. */
export type Manifest = {
  readonly object: ManifestObject;
  readonly file: string;
  /** Where the document begins, or the item of a List. */
  readonly line: number;
  /** The line of a field, written like `spec.rules[0].path`, or of the nearest one above it that is written. */
  readonly lineOf: (field: string) => number;
};

/**
 * The objects of one file: YAML of several documents or JSON, Lists taken apart, empty documents passed over. Throws
 * InvalidInputError, a sentence that begins with file and line, for what is no manifest or no YAML, for templates that
 * were not rendered, and for kinds of Linkerd and Gateway API in versions nobody knows.
 */
export function parseManifests(text: string, file: string): Manifest[] {
  const syntaxOf = lastRead(file);
  return splitDocuments(text).flatMap((part) => manifestsIn(part, file, syntaxOf));
}

type Syntax = { readonly documents: Document.Parsed[]; readonly lineAt: (offset: number) => number };
type SyntaxOf = (part: DocumentPart) => Syntax;

/** Syntax takes fifty times the room of its text: one part is held, and read again when somebody asks for a line of it. */
function lastRead(file: string): SyntaxOf {
  let last: { readonly part: DocumentPart; readonly syntax: Syntax } | undefined;
  return (part) => {
    if (last?.part !== part) last = { part, syntax: readSyntax(part, file) };
    return last.syntax;
  };
}

function manifestsIn(part: DocumentPart, file: string, syntaxOf: SyntaxOf): Manifest[] {
  const lineOf = (nth: number, steps: readonly (string | number)[]): number => {
    const syntax = syntaxOf(part);
    const document = syntax.documents[nth];
    return document ? syntax.lineAt(offsetOfField(document, steps)) : part.line;
  };
  const plainly = part.text.length > LONGEST_DOCUMENT ? undefined : readPlainly(part);
  if (plainly && whyRefused(plainly.value, file) === undefined) {
    const object = plainly.value as ManifestObject;
    return [{ object, file, line: plainly.line, lineOf: (field) => lineOf(0, fieldSteps(field)) }];
  }
  const { documents, lineAt } = syntaxOf(part);
  return documents.flatMap((document, nth) => {
    const refuse = (offset: number, message: string) => refused(file, lineAt(offset), message);
    const template = templateAt(document, part.text);
    if (template !== undefined) throw refuse(template, NOT_RENDERED);
    const [error] = document.errors;
    if (error) throw refuse(error.pos[0], `not YAML: ${error.message}`);
    if (document.contents === null) return [];
    const candidate = plain(document, (message) => refuse(document.contents?.range[0] ?? 0, message));
    if (candidate === null) return [];
    return objectsIn(candidate, []).map(({ value, path }) => {
      const offset = offsetOfField(document, path);
      const wrong = isMap(document.contents)
        ? whyNoObject(value, file)
        : 'expected a Kubernetes object, got something else';
      if (wrong !== undefined) throw refuse(offset, wrong);
      const object = value as ManifestObject;
      const unknown = whyUnknownVersion(object);
      if (unknown !== undefined) throw refuse(offsetOfField(document, [...path, unknown.field]), unknown.message);
      return { object, file, line: lineAt(offset), lineOf: (field) => lineOf(nth, [...path, ...fieldSteps(field)]) };
    });
  });
}

/** More than that in one document takes a gigabyte of memory to read. */
const LONGEST_DOCUMENT = 10_000_000;

function readSyntax({ text, line }: DocumentPart, file: string): Syntax {
  if (text.length > LONGEST_DOCUMENT) {
    throw refused(file, line, 'a document of more than 10 MB: give the items of a List as documents of their own');
  }
  const lineCounter = new LineCounter();
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line + line - 1;
  try {
    // Keys are merged (`<<`) as kubectl does.
    const documents = parseAllDocuments(text, { lineCounter, merge: true, prettyErrors: false });
    return { documents: Array.isArray(documents) ? documents : [], lineAt };
  } catch (error) {
    throw refused(file, line, `cannot be read as YAML: ${(error as Error).message}`);
  }
}

/** Aliases are followed only here: one without an anchor, and one that unfolds without end, are no fault of the syntax. */
function plain(document: Document.Parsed, refuse: (message: string) => Error): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw refuse(`not YAML: ${(error as Error).message}`);
  }
}

const NOT_RENDERED = 'a template that was not rendered ({{): give the output of helm template or the like';

type Found = { readonly value: unknown; readonly path: readonly (string | number)[] };

/** What a document holds: itself, or the items of a List, however deep. */
function objectsIn(value: unknown, path: Found['path']): Found[] {
  const { kind, items } = (value ?? {}) as { readonly kind?: unknown; readonly items?: unknown };
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [{ value, path }];
  return items.flatMap((item, i) => objectsIn(item, [...path, 'items', i]));
}

const whyRefused = (value: unknown, file: string) =>
  whyNoObject(value, file) ?? whyUnknownVersion(value as ManifestObject);

function whyNoObject(value: unknown, file: string): string | undefined {
  return whyNoManifest(value, file) ?? (isTemplated(value as ManifestObject) ? NOT_RENDERED : undefined);
}

const refused = (file: string, line: number, message: string) => new InvalidInputError(`${file}:${line}: ${message}`);
