import { nearest } from '../domain/configuration/nearest.ts';
import { oncePer, oncePerText } from '../domain/once-per.ts';
import { storedForm } from '../linkerd/policy/index-policies.ts';
import { groupKind, namespaceOf, type PolicyObject } from '../linkerd/policy/policy-object.ts';
import type { GateState } from './gate-state.ts';
import { isClusterWide } from './object-key.ts';

/** The objects of a state by kind (`Server.policy.linkerd.io`), for rules that look things up by name. */
export type StateIndex = {
  /** Those the API server would store, fields that are null left out. */
  readonly of: (kind: string) => readonly PolicyObject[];
  readonly inNamespace: (kind: string, namespace: string) => readonly PolicyObject[];
  readonly exists: (kind: string, namespace: string, name: string) => boolean;
  /** Other namespaces that have one of this kind and name, by name. */
  readonly elsewhere: (kind: string, namespace: string, name: string) => readonly string[];
  /** The name most like this one among those of a kind in a namespace. */
  readonly near: (kind: string, namespace: string, name: string) => string | undefined;
};

/** Made kind by kind as rules ask: most rules need few of the kinds there are. */
export const stateIndex = oncePer(({ objects, byKey }: GateState): StateIndex => {
  const byKind = Map.groupBy(objects, groupKind);
  const of = oncePerText((kind) => (byKind.get(kind) ?? []).flatMap((object) => storedForm(object) ?? []));
  const homes = oncePerText((kind) => {
    const namespaces = new Map<string, string[]>();
    for (const object of of(kind)) {
      const { name } = object.metadata;
      const known = namespaces.get(name);
      if (known) known.push(namespaceOf(object));
      else namespaces.set(name, [namespaceOf(object)]);
    }
    return namespaces;
  });
  const byNamespace = oncePerText((kind) => Map.groupBy(of(kind), namespaceOf));
  const inNamespace: StateIndex['inNamespace'] = (kind, namespace) => byNamespace(kind).get(namespace) ?? [];
  return {
    of,
    inNamespace,
    exists: (kind, namespace, name) => byKey.has(`${kind}/${isGlobal(kind) ? '-' : namespace}/${name}`),
    elsewhere: (kind, namespace, name) => (homes(kind).get(name) ?? []).filter((home) => home !== namespace).sort(),
    near: (kind, namespace, name) =>
      nearest(
        name,
        inNamespace(kind, namespace).map(({ metadata }) => metadata.name),
      ),
  };
});

const isGlobal = (kind: string): boolean => {
  const at = kind.indexOf('.');
  return isClusterWide({ apiVersion: `${kind.slice(at + 1)}/v1`, kind: kind.slice(0, at), metadata: { name: '' } });
};
