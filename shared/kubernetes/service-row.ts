import { namespacedKey } from '../domain/keys.ts';
import type { Entity } from '../domain/observation.ts';
import { pickAnnotations } from './kept-annotations.ts';
import { createdAt, type KubernetesObject, known, pairs } from './kubernetes-object.ts';
import { mirroredServices } from './mirrors.ts';
import type { Intake } from './snapshot.ts';

type ServicePort = {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly protocol?: string;
};
type ServiceSpec = {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly ServicePort[];
};

export type ServiceRow = {
  readonly entity: Entity;
  readonly namespace: string;
  readonly name: string;
  /** Absent where nothing is selected: no selector, or an ExternalName, whose selector Kubernetes ignores. */
  readonly selector: Readonly<Record<string, string>> | undefined;
  /** Remote clusters it stands for. */
  readonly remoteClusters: readonly string[];
};

export function takeService({ metadata, spec: fields }: KubernetesObject, intake: Intake): ServiceRow {
  const { name, namespace = '' } = metadata;
  const spec = (fields ?? {}) as ServiceSpec;
  const mirrored = mirroredServices(metadata);
  const props = known({
    name,
    namespace,
    labels: pairs(metadata.labels),
    annotations: pairs(pickAnnotations(metadata.annotations, intake.keepAnnotation)),
    type: spec.type ?? 'ClusterIP',
    clusterIP: spec.clusterIP,
    selector: pairs(spec.selector),
    ports: (spec.ports ?? []).map(portText).sort(),
    mirrorOf: mirrored.length > 0 ? mirrored.map((m) => m.text).join(',') : undefined,
    createdAt: createdAt(metadata),
  });
  const selects = spec.type !== 'ExternalName' && Object.keys(spec.selector ?? {}).length > 0;
  return {
    entity: {
      label: 'Service',
      key: namespacedKey(intake.cluster, namespace, 'Service', name),
      family: 'services',
      props,
    },
    namespace,
    name,
    selector: selects ? spec.selector : undefined,
    remoteClusters: mirrored.map((m) => m.cluster),
  };
}

function portText({ name, port, targetPort, protocol }: ServicePort): string {
  return `${name ? `${name}:` : ''}${port}->${targetPort ?? port}/${protocol ?? 'TCP'}`;
}

/** The port a text of the graph was made of: `http:80->web/TCP`. */
export function parseServicePort(text: string): ServicePort {
  const [, name, port, target = '', protocol] = /^(?:(.*?):)?(\d+)->(.*)\/(\w+)$/.exec(text) ?? [];
  const targetPort = /^\d+$/.test(target) ? Number(target) : target;
  return { ...(name !== undefined && { name }), port: Number(port), targetPort, ...(protocol && { protocol }) };
}
