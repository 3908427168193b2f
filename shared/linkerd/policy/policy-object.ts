import { oncePerText } from '../../domain/once-per.ts';
import type { KubernetesObject } from '../../kubernetes/kubernetes-object.ts';

/** A Kubernetes object as manifests write it and the API server gives it, with its kind. */
export type PolicyObject = KubernetesObject & { readonly apiVersion: string; readonly kind: string };

/** `policy.linkerd.io` of `policy.linkerd.io/v1beta3`; the core group is empty. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';

export const versionOf = (apiVersion: string): string => apiVersion.split('/').at(-1) ?? '';

/** The group is part of what an object is: HTTPRoutes of two groups are two kinds. */
export const groupKind = ({ apiVersion, kind }: { apiVersion: string; kind: string }): string =>
  kindsOf(apiVersion)(kind);

/** Few kinds, asked of every object many times over. */
const kindsOf = oncePerText((apiVersion) => {
  const group = groupOf(apiVersion);
  return oncePerText((kind) => `${kind}.${group}`);
});

/** Fields that are null, as YAML reads one without a value, count as absent: the API server drops them too. */
export const withoutNulls = (object: PolicyObject): PolicyObject =>
  holdsNull(object) ? (dropNulls(object) as PolicyObject) : object;

/** Few objects do: the others need no copy. */
function holdsNull(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.values(value).some(holdsNull);
}

function dropNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropNulls);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(kept.map(([name, inner]) => [name, dropNulls(inner)]));
}

export const namespaceOf = ({ metadata }: PolicyObject): string => metadata.namespace ?? 'default';

/** References of Linkerd policy. An absent group is the core group, which some write as `core`. */
export type Ref = {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
};

export function refersTo({ group = '', kind }: Ref, wantedGroup: string, wantedKind: string): boolean {
  const given = group === 'core' ? '' : group;
  return given.toLowerCase() === wantedGroup && kind?.toLowerCase() === wantedKind.toLowerCase();
}

/**
 * Oldest first, then by name (oracle 15). What has no creationTimestamp is not created yet and so will be the youngest.
 * Timestamps have steps of one second.
 */
export function byAge<T extends Aged>(a: T, b: T): number {
  if (a.createdAt !== b.createdAt) return (a.createdAt ?? Infinity) < (b.createdAt ?? Infinity) ? -1 : 1;
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

type Aged = { readonly createdAt: number | undefined; readonly name: string };
