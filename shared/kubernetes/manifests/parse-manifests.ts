import { type Document, isMap, LineCounter, parseAllDocuments } from 'yaml';
import { InvalidInputError } from '../../domain/errors.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { isTemplated, templateAt } from './templates.ts';

/** An object as a manifest writes it, and where its document begins (lines count from 1). */
export type ManifestObject = KubernetesObject & { readonly apiVersion: string; readonly kind: string };
export type Manifest = { readonly object: ManifestObject; readonly file: string; readonly line: number };

type Place = { readonly file: string; readonly line: number };

/**
 * The objects of one file: YAML of several documents or JSON, Lists taken apart, empty documents passed over. Throws
 * InvalidInputError, a sentence that begins with file and line, for what is no manifest or no YAML, and for templates that
 * were not rendered.
 */
export function parseManifests(text: string, file: string): Manifest[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  if (!Array.isArray(documents)) return [];
  const placeOf = (offset: number): Place => ({ file, line: lines.linePos(offset).line });
  return documents.flatMap((document: Document.Parsed) => {
    const template = templateAt(document, text);
    if (template !== undefined) throw refused(placeOf(template), NOT_RENDERED);
    const [error] = document.errors;
    if (error) throw refused(placeOf(error.pos[0]), `not YAML: ${error.message.split('\n')[0]}`);
    const candidate: unknown = document.toJS();
    if (candidate === null) return [];
    const place = placeOf(document.contents?.range[0] ?? 0);
    if (!isMap(document.contents)) throw refused(place, 'expected a Kubernetes object, got something else');
    return objectsIn(candidate, place).map((object) => ({ object, ...place }));
  });
}

const NOT_RENDERED = 'a template that was not rendered ({{): give the output of helm template or the like';

function objectsIn(candidate: unknown, place: Place): ManifestObject[] {
  const { apiVersion, kind, metadata, items } = candidate as Partial<ManifestObject> & { items?: unknown };
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    throw refused(place, 'expected a Kubernetes object with apiVersion and kind');
  }
  if (kind.endsWith('List') && Array.isArray(items)) return items.flatMap((item) => objectsIn(item, place));
  if (typeof metadata?.name !== 'string') throw refused(place, `expected metadata.name in this ${kind}`);
  const object = candidate as ManifestObject;
  if (isTemplated(object)) throw refused(place, NOT_RENDERED);
  return [object];
}

const refused = ({ file, line }: Place, message: string) => new InvalidInputError(`${file}:${line}: ${message}`);
