import type { Relation } from '../domain/observation.ts';
import type { Metadata } from './kubernetes-object.ts';
import type { PolicyRow } from './policy-row.ts';
import type { ServiceRow } from './service-row.ts';

/** A Service of another cluster. `text` is "name.namespace@cluster", or "pod.name.namespace@cluster" for one pod of a headless one. */
export type Mirrored = { readonly cluster: string; readonly text: string };

/**
 * The remote Services a Service stands for: one for a mirror (gateway or flat mode), several for a federated Service.
 * Labels and annotations of Linkerd's service mirror (multicluster/service-mirror/cluster_watcher.go).
 */
export function mirroredServices({ namespace = '', labels = {}, annotations = {} }: Metadata): Mirrored[] {
  const federated = annotations['multicluster.linkerd.io/remote-discovery'];
  if (federated) {
    const members = federated.split(',').map((member) => member.trim().split('@'));
    return members
      .flatMap(([name, cluster]) => (name && cluster ? [{ cluster, text: `${name}.${namespace}@${cluster}` }] : []))
      .sort((a, b) => (a.text < b.text ? -1 : 1));
  }
  const cluster = labels['mirror.linkerd.io/cluster-name'];
  if (!cluster || labels['mirror.linkerd.io/mirrored-service'] !== 'true') return [];
  const [, named] = annotations['mirror.linkerd.io/remote-svc-fq-name']?.match(/^(.+)\.svc\./) ?? [];
  const discovered = labels['multicluster.linkerd.io/remote-service'];
  const remote = named ?? (discovered && `${discovered}.${namespace}`);
  return remote ? [{ cluster, text: `${remote}@${cluster}` }] : [];
}

/** Each mirror Service with the Link that made it. */
export function mirrorRelations(services: readonly ServiceRow[], links: readonly PolicyRow[]): Relation[] {
  const linksOf = Map.groupBy(links, (link) => (link.spec as { targetClusterName?: string }).targetClusterName);
  return services.flatMap(({ entity, remoteClusters }) =>
    [...new Set(remoteClusters)]
      .flatMap((cluster) => linksOf.get(cluster) ?? [])
      .map((link) => ({
        type: 'MIRRORS',
        from: { label: entity.label, key: entity.key },
        to: { label: link.entity.label, key: link.entity.key },
        family: 'services/links',
        props: {},
      })),
  );
}
