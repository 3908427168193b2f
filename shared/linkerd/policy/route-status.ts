import { z } from 'zod';
import type { PolicyObject } from './policy-object.ts';

/** What Linkerd's controller says of a route on a Server. */
export type ServerStatus = { readonly server: string; readonly accepted: boolean; readonly reason: string };

/** Manifests may carry anything here; what has not this form says nothing. */
const routeStatus = z.looseObject({
  parents: z.array(
    z.looseObject({
      controllerName: z.string(),
      parentRef: z.looseObject({ kind: z.string().optional(), name: z.string() }),
      conditions: z.array(z.looseObject({ type: z.string(), status: z.string(), reason: z.string().optional() })),
    }),
  ),
});

/** Other controllers and conditions do not count (reference 3.4). */
export function serverStatuses({ status }: PolicyObject): ServerStatus[] {
  const parents = routeStatus.safeParse(status).data?.parents ?? [];
  return parents.flatMap(({ controllerName, parentRef, conditions }) => {
    const condition = conditions.find(({ type }) => type === 'Accepted');
    const own = controllerName === 'linkerd.io/policy-controller' && parentRef.kind === 'Server';
    if (!own || condition === undefined) return [];
    const reason = condition.reason ?? condition.status;
    return [{ server: parentRef.name, accepted: condition.status === 'True', reason }];
  });
}
