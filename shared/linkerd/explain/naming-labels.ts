import type { Labels } from '../../kubernetes/label-selector.ts';

/** Labels by which people call a workload, the most telling first. */
export const NAMING_LABELS = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/component',
  'app',
  'k8s-app',
];

const OF_ONE_POD =
  /^(pod-template-hash|controller-revision-hash|pod-template-generation)$|\bkubernetes\.io\/pod-(name|index)$|linkerd\.io\//;

/** Whether a label stays when pods are made again: not one of a single pod or revision, nor one Linkerd puts there. */
export const isOfTheWorkload = (label: string): boolean => !OF_ONE_POD.test(label);

/** The labels a workload goes by, or all that are not of one pod or revision. */
export function namingLabels(labels: Labels): Record<string, string> {
  const named = [...labels].filter(([label]) => NAMING_LABELS.includes(label));
  return Object.fromEntries(named.length > 0 ? named : [...labels].filter(([label]) => isOfTheWorkload(label)));
}
