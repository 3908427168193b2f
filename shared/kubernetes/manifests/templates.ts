import { type Document, isMap, visit } from 'yaml';
import type { ManifestObject } from './parse-manifests.ts';

/**
 * Where a document is a template that was not rendered, as an offset: `{{ .X }}` reads as a mapping that is a key, or as no
 * YAML at all. Texts may hold `{{`: rules of Prometheus and dashboards do.
 */
export function templateAt(document: Document.Parsed, text: string): number | undefined {
  let found: number | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isMap(key)) return undefined;
      found = key.range?.[0];
      return visit.BREAK;
    },
  });
  if (found !== undefined || document.errors.length === 0) return found;
  const [from, , to] = document.range;
  const at = text.slice(from, to).search(/^[^#\n]*\{\{/m);
  return at < 0 ? undefined : from + at;
}

/** Whether what decides over an object is still a template: its name, or anything in a policy. */
export function isTemplated(object: ManifestObject): boolean {
  const { apiVersion, kind, metadata } = object;
  const isPolicy = /(^|\.)linkerd\.io\/|^gateway\.networking\.k8s\.io\//.test(apiVersion);
  const told = isPolicy ? object : [apiVersion, kind, metadata.name, metadata.namespace];
  return JSON.stringify(told).includes('{{');
}
