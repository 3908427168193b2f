import type { GateRule } from '../rule.ts';
import { accessOpened } from './access/access-opened.ts';
import { egressOpened } from './access/egress-opened.ts';
import { auditedCallsDenied } from './calls/audited-calls-denied.ts';
import { callsByDefaultOnly } from './calls/calls-by-default-only.ts';
import { callsDenied } from './calls/calls-denied.ts';
import { callsLoseMTls } from './calls/calls-lose-mtls.ts';
import { callsMayBeDenied } from './calls/calls-may-be-denied.ts';
import { requiredLabelMissing } from './labels/required-label-missing.ts';
import { unknownDataClass } from './labels/unknown-data-class.ts';
import { leavesMesh } from './mesh/leaves-mesh.ts';
import { losesL7Policy } from './mesh/loses-l7-policy.ts';
import { skipsProxy } from './mesh/skips-proxy.ts';
import { admissionOdd } from './policy/admission-odd.ts';
import { admissionRefuses } from './policy/admission-refuses.ts';
import { danglingReference } from './policy/dangling-reference.ts';
import { emptyRequirement } from './policy/empty-requirement.ts';
import { policyInWrongNamespace } from './policy/policy-in-wrong-namespace.ts';
import { routeNeverMatches } from './policy/route-never-matches.ts';
import { serverPortMissing } from './policy/server-port-missing.ts';
import { serverSelectsNothing } from './policy/server-selects-nothing.ts';
import { serversOverlap } from './policy/servers-overlap.ts';
import { unknownIdentity } from './policy/unknown-identity.ts';
import { wrongTrustDomain } from './policy/wrong-trust-domain.ts';
import { anonymousSubject } from './rbac/anonymous-subject.ts';
import { bindingToNobody } from './rbac/binding-to-nobody.ts';
import { dangerousBinding } from './rbac/dangerous-binding.ts';
import { powerfulAccount } from './rbac/powerful-account.ts';

/** Every rule of the gate, in the order in which they are told. */
export const GATE_RULES: readonly GateRule[] = [
  callsDenied,
  auditedCallsDenied,
  callsMayBeDenied,
  callsLoseMTls,
  callsByDefaultOnly,
  accessOpened,
  egressOpened,
  leavesMesh,
  skipsProxy,
  losesL7Policy,
  admissionRefuses,
  admissionOdd,
  danglingReference,
  policyInWrongNamespace,
  serverSelectsNothing,
  serverPortMissing,
  serversOverlap,
  unknownIdentity,
  wrongTrustDomain,
  emptyRequirement,
  routeNeverMatches,
  dangerousBinding,
  powerfulAccount,
  anonymousSubject,
  bindingToNobody,
  requiredLabelMissing,
  unknownDataClass,
];
