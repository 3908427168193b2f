import { namespacedKey } from '../domain/keys.ts';
import type { NodeRef, Relation } from '../domain/observation.ts';
import { type Family, ROUTE_KINDS } from './families.ts';
import { type PolicyRow, policyKey } from './policy-row.ts';
import type { Snapshot } from './snapshot.ts';

type Ref = { readonly group?: string; readonly kind?: string; readonly name: string; readonly namespace?: string };
type RouteSpec = {
  readonly parentRefs?: readonly Ref[];
  readonly rules?: readonly { readonly backendRefs?: readonly Ref[] }[];
};

/**
 * ROUTES: what a route hangs on (parent) and sends to (backend). Parents that are Gateways belong to other
 * implementations. A backend that names no kind is a Service (Gateway API).
 */
export function routeRelations(cluster: string, snapshot: Snapshot): Relation[] {
  return ROUTE_KINDS.flatMap((kind) =>
    snapshot[kind].flatMap((row) => {
      const { parentRefs = [], rules = [] } = (row.spec ?? {}) as RouteSpec;
      const backendRefs = rules.flatMap((rule) => rule.backendRefs ?? []);
      const end = (ref: Ref) => routeEnd(cluster, ref, row.namespace);
      return relate(row, `routes/${kind}`, parentRefs.map(end), backendRefs.map(end));
    }),
  );
}

/**
 * A ServiceProfile is named for the Service it describes, `<service>.<namespace>.svc.<domain>`; `dstOverrides` send
 * its traffic elsewhere.
 */
export function serviceProfileRelations(cluster: string, profiles: readonly PolicyRow[]): Relation[] {
  return profiles.flatMap((row) => {
    const { dstOverrides = [] } = (row.spec ?? {}) as { readonly dstOverrides?: readonly { authority?: string }[] };
    const backends = dstOverrides.map(({ authority = '' }) => serviceNamed(cluster, authority));
    return relate(row, 'services/profiles', [serviceNamed(cluster, row.name)], backends);
  });
}

function routeEnd(cluster: string, { group = '', kind = 'Service', name, namespace }: Ref, inNamespace: string) {
  const from = namespace ?? inNamespace;
  if (kind === 'Service') return serviceRef(cluster, from, name);
  if (group !== 'policy.linkerd.io') return undefined;
  if (kind === 'Server') return { label: kind, key: policyKey(cluster, 'servers.policy.linkerd.io', from, name) };
  if (kind !== 'EgressNetwork') return undefined;
  return { label: kind, key: policyKey(cluster, 'egressnetworks.policy.linkerd.io', from, name) };
}

function serviceNamed(cluster: string, authority: string): NodeRef | undefined {
  const [name, namespace, svc] = authority.split(':')[0]?.split('.') ?? [];
  return name && namespace && svc === 'svc' ? serviceRef(cluster, namespace, name) : undefined;
}

const serviceRef = (cluster: string, namespace: string, name: string): NodeRef => ({
  label: 'Service',
  key: namespacedKey(cluster, namespace, 'Service', name),
});

function relate(
  row: PolicyRow,
  family: Family,
  parents: readonly (NodeRef | undefined)[],
  backends: readonly (NodeRef | undefined)[],
): Relation[] {
  const from = { label: row.entity.label, key: row.entity.key };
  const to = (role: string) => (end: NodeRef | undefined) =>
    end ? [{ type: 'ROUTES', from, to: end, family, props: { role } }] : [];
  return [...parents.flatMap(to('parent')), ...backends.flatMap(to('backend'))];
}
