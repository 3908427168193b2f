import { clusterKey, namespaceKey } from '../domain/keys.ts';
import type { Entity, Relation } from '../domain/observation.ts';
import { pickAnnotations } from './kept-annotations.ts';
import { createdAt, type KubernetesObject, known, pairs } from './kubernetes-object.ts';
import { INJECT_ANNOTATION, type NamespaceInjection } from './proxy.ts';
import type { Intake } from './snapshot.ts';

export type NamespaceRow = {
  readonly entity: Entity;
  readonly name: string;
  readonly isControlPlane: boolean;
  readonly injection: NamespaceInjection;
};

export function takeNamespace({ metadata }: KubernetesObject, intake: Intake): NamespaceRow {
  const { name } = metadata;
  const inject = metadata.annotations?.[INJECT_ANNOTATION];
  const props = known({
    name,
    labels: pairs(metadata.labels),
    annotations: pairs(pickAnnotations(metadata.annotations, intake.keepAnnotation)),
    inject,
    createdAt: createdAt(metadata),
  });
  return {
    entity: { label: 'Namespace', key: namespaceKey(intake.cluster, name), family: 'namespaces', props },
    name,
    isControlPlane: metadata.labels?.['linkerd.io/is-control-plane'] === 'true',
    injection: { inject, webhooksDisabled: metadata.labels?.['config.linkerd.io/admission-webhooks'] === 'disabled' },
  };
}

/** Namespaces belong to the cluster; the family is the cluster's, since without its node there is no other end. */
export function placeNamespaces(cluster: string, rows: readonly NamespaceRow[]): Relation[] {
  const to = { label: 'Cluster', key: clusterKey(cluster) };
  return rows.map(({ entity: { label, key } }) => ({
    type: 'IN_CLUSTER',
    from: { label, key },
    to,
    family: 'cluster',
    props: {},
  }));
}
