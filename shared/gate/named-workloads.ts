import type { PolicyObject } from '../linkerd/policy/policy-object.ts';
import type { BaselineWorkload } from './baseline.ts';
import { objectKey } from './object-key.ts';

/** The graph keeps the kind of an owner, not its version. */
export const API_OF: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
};

/** Workloads a graph tells by name alone: it keeps no templates. */
export function withoutTemplates(
  workloads: readonly BaselineWorkload[],
  known: ReadonlyMap<string, PolicyObject>,
): Map<string, PolicyObject> {
  const objects = workloads.flatMap(({ namespace, kind, name }): PolicyObject[] => {
    const apiVersion = API_OF[kind];
    return apiVersion === undefined ? [] : [{ apiVersion, kind, metadata: { namespace, name } }];
  });
  return new Map(objects.map((one) => [objectKey(one), one] as const).filter(([key]) => !known.has(key)));
}
