import type { PropertyDoc } from './docs.ts';

export const namespaced: readonly PropertyDoc[] = [['namespace', 'the Kubernetes namespace']];
export const labelled: readonly PropertyDoc[] = [
  ['labels', 'Kubernetes labels, each as "name=value"'],
  ['annotations', 'the annotations meshgraph reads, each as "name=value"'],
];
export const policy: readonly PropertyDoc[] = [
  ...namespaced,
  ...labelled,
  ['apiVersion', 'group and version it was read at'],
  ['kind', 'the Kubernetes kind'],
  ['spec', 'the spec as JSON text'],
  ['status', 'the status as JSON text, where it decides (routes)'],
  ['createdAt', 'creationTimestamp'],
];
