import type { PolicyObject } from '../../linkerd/policy/policy-object.ts';

/** Where a field of the pods stands in what makes them: `metadata.labels` of a Deployment is `spec.template.metadata.labels`. */
export function podField({ kind }: Pick<PolicyObject, 'kind'>, field: string): string {
  if (kind === 'Pod' || kind === 'ExternalWorkload') return field;
  return kind === 'CronJob' ? `spec.jobTemplate.spec.template.${field}` : `spec.template.${field}`;
}

/** `metadata.annotations["config.linkerd.io/opaque-ports"]`: names with dots stand in brackets. */
export const annotationField = (name: string): string => `metadata.annotations["${name}"]`;
