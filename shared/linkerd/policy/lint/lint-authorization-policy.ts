import { namespaceOf, type PolicyObject, type Ref } from '../policy-object.ts';
import { type LintContext, type LintFinding, odd, refused } from './finding.ts';
import { inWords, isA, MESH_TLS, NAMESPACE, NETWORK, SERVER, SERVICE_ACCOUNT, unexpected } from './references.ts';

const HTTP_ROUTES = [
  { group: 'policy.linkerd.io', kind: 'HTTPRoute' },
  { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
];
const GRPC_ROUTE = { group: 'gateway.networking.k8s.io', kind: 'GRPCRoute' };
const TARGETS = [SERVER, NAMESPACE, ...HTTP_ROUTES, GRPC_ROUTE];
const PROOFS = [MESH_TLS, SERVICE_ACCOUNT, NETWORK];

type Spec = { readonly targetRef?: Ref; readonly requiredAuthenticationRefs?: readonly Ref[] | null };

/** Reference 3.4 and 3.7 (`admit_authorization_policy`). */
export function lintAuthorizationPolicy(object: PolicyObject, context: LintContext): LintFinding[] {
  const { targetRef, requiredAuthenticationRefs } = (object.spec ?? {}) as Spec;
  const namespace = object.metadata.namespace ? namespaceOf(object) : context.namespace;
  return [
    ...(targetRef ? lintTarget(targetRef, namespace) : [refused('spec.targetRef', 'it is required')]),
    ...(requiredAuthenticationRefs
      ? lintProofs(requiredAuthenticationRefs)
      : [refused('spec.requiredAuthenticationRefs', 'it is required; write [] to admit everyone')]),
  ];
}

function lintTarget(target: Ref, namespace: string): LintFinding[] {
  const at = 'spec.targetRef';
  if (!TARGETS.some((kind) => isA(target, kind))) return [refused(at, unexpected(target, TARGETS))];
  if (isA(target, NAMESPACE) && target.name !== namespace) {
    return [refused(at, `a policy targets its own namespace (${namespace}) only, got ${target.name}`)];
  }
  return [
    ...(target.namespace
      ? [odd(`${at}.namespace`, 'the field is dropped: the target is looked for in the policy’s own namespace')]
      : []),
    ...(isA(target, GRPC_ROUTE) ? [odd(at, 'GRPCRoutes count only on a Server with proxyProtocol gRPC')] : []),
  ];
}

function lintProofs(refs: readonly Ref[]): LintFinding[] {
  const at = 'spec.requiredAuthenticationRefs';
  const foreign = refs.flatMap((ref, index) =>
    PROOFS.some((kind) => isA(ref, kind)) ? [] : [refused(`${at}[${index}]`, unexpected(ref, PROOFS))],
  );
  const repeated = PROOFS.filter((kind) => refs.filter((ref) => isA(ref, kind)).length > 1).map((kind) =>
    refused(at, `only a single ${inWords(kind)} may be required; list several identities or networks in one`),
  );
  const both = refs.some((ref) => isA(ref, MESH_TLS)) && refs.some((ref) => isA(ref, SERVICE_ACCOUNT));
  const together =
    'a MeshTLSAuthentication and a ServiceAccount may not be required together; name the account in the former';
  return [...foreign, ...repeated, ...(both ? [refused(at, together)] : [])];
}
