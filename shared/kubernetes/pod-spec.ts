import type { Metadata } from './kubernetes-object.ts';

type Port = { readonly name?: string; readonly containerPort: number; readonly protocol?: string };
type EnvironmentVariable = { readonly name: string; readonly value?: string };

export type Container = {
  readonly name: string;
  readonly image?: string;
  readonly ports?: readonly Port[];
  readonly env?: readonly EnvironmentVariable[];
};

export type PodSpec = {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork?: boolean;
  readonly nodeName?: string;
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
};

export type PodTemplate = { readonly metadata?: Partial<Metadata>; readonly spec?: PodSpec };

/** What Linkerd's injector adds to a pod: none of it is the application's. */
const LINKERD_CONTAINERS = /^linkerd-(proxy|init|network-validator|debug)$/;

/** The application's own images, init containers included. */
export function images(spec: PodSpec | undefined): string[] {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return containers.filter((c) => !LINKERD_CONTAINERS.test(c.name)).flatMap((c) => c.image ?? []);
}

/** Declared ports as "name:number/protocol", or "number/protocol" where a port has no name. */
export function declaredPorts(spec: PodSpec | undefined): string[] {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return containers
    .filter((c) => !LINKERD_CONTAINERS.test(c.name))
    .flatMap((c) => c.ports ?? [])
    .map((p) => `${p.name ? `${p.name}:` : ''}${p.containerPort}/${p.protocol ?? 'TCP'}`);
}

/** Kubernetes runs a pod that names no ServiceAccount as `default`. */
export const serviceAccountOf = (spec: PodSpec | undefined): string => spec?.serviceAccountName || 'default';
