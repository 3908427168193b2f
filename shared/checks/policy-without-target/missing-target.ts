/** An object of Linkerd policy that applies to nothing, as the query tells it: `name` is `namespace/name`, `spec` JSON text. */
export type Untargeted = { readonly label: string; readonly name: string; readonly spec: string };

type Ref = { readonly group?: string; readonly kind?: string; readonly name?: string; readonly namespace?: string };
type Spec = {
  readonly targetRef?: Ref;
  readonly server?: { readonly name?: string };
  readonly parentRefs?: readonly Ref[];
};

/** Kinds of parents that this graph knows. A Gateway is another's. */
const PARENTS = new Set(['Service', 'Server', 'EgressNetwork']);

/**
 * What it applies to and is not there, in words; undefined where the graph could not know: routes of a Gateway, profiles of
 * names outside the cluster. References as in Linkerd's CRDs: a target lives in the policy's own namespace.
 */
export function missingTarget({ label, name, spec }: Untargeted): string | undefined {
  const [namespace = '', own = ''] = name.split('/');
  const { targetRef, server, parentRefs = [] } = JSON.parse(spec) as Spec;
  if (label === 'Server') return 'selects no pod';
  if (label === 'ServiceProfile') {
    const [service, home, svc] = own.split('.');
    return svc === 'svc' ? `is for Service ${home}/${service}, which does not exist` : undefined;
  }
  if (label === 'Route') {
    if (parentRefs.length === 0 || !parentRefs.every(({ kind = '' }) => PARENTS.has(kind))) return undefined;
    const parents = parentRefs.map((ref) => `${ref.kind} ${ref.namespace ?? namespace}/${ref.name}`);
    return `belongs to ${parents.join(', ')}, which ${parents.length === 1 ? 'does' : 'do'} not exist`;
  }
  if (targetRef !== undefined) return `targets ${targetRef.kind} ${namespace}/${targetRef.name}, which does not exist`;
  return server?.name === undefined
    ? 'selects no Server by its labels'
    : `is for Server ${namespace}/${server.name}, which does not exist`;
}
