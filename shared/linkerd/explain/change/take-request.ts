import type { PolicyObject } from '../../policy/policy-object.ts';
import { type Candidate, type Case, findObject, titleOf, withSpec } from './candidate.ts';

/** A rule for the request on a route the Server has, where no route takes it. */
export function takeRequest({ state: { objects, policies }, call, verdict }: Case): Candidate[] {
  const workload = policies.find(call.server);
  if (verdict.status !== 404 || workload === undefined || call.path === undefined) return [];
  const path = call.path.split('?')[0] ?? '/';
  return policies.portPolicy(workload, call.port).routes.flatMap(({ ref }): Candidate[] => {
    const route = findObject(objects, ref);
    const match = route && matchFor(route, path, call.method);
    if (route === undefined || match === undefined) return [];
    const { rules = [] } = (route.spec ?? {}) as { readonly rules?: readonly object[] };
    const what = `add a rule to ${titleOf(route)} that matches ${call.method ?? 'any method'} ${path}`;
    return [{ what, objects: [withSpec(route, { rules: [...rules, { matches: [match] }] })] }];
  });
}

function matchFor({ kind }: PolicyObject, path: string, method: string | undefined): object | undefined {
  if (kind === 'HTTPRoute')
    return { path: { type: 'Exact', value: path }, ...(method === undefined ? {} : { method }) };
  const [, service, rpc] = /^\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  return kind === 'GRPCRoute' && service !== undefined
    ? { method: { type: 'Exact', service, method: rpc } }
    : undefined;
}
