import { admittedByDefaultOnly } from './admitted-by-default-only/check.ts';
import { annotationNotTakenUp } from './annotation-not-taken-up/check.ts';
import { auditedArrivals } from './audited-arrivals/check.ts';
import { authorizationUnused } from './authorization-unused/check.ts';
import { authorizationVoid } from './authorization-void/check.ts';
import { awsRoleShared } from './aws-role-shared/check.ts';
import { bindingToNobody } from './binding-to-nobody/check.ts';
import { callToServiceWithoutWorkload } from './call-to-service-without-workload/check.ts';
import { callerFromNewNamespace } from './caller-from-new-namespace/check.ts';
import type { Check } from './check.ts';
import { configuredEntityUnmatched } from './configured-entity-unmatched/check.ts';
import { dataHopByDefaultPolicy } from './data-hop-by-default-policy/check.ts';
import { dataHopWithoutMtls } from './data-hop-without-mtls/check.ts';
import { dataReachableFromExposed } from './data-reachable-from-exposed/check.ts';
import { dataReachableFromUnowned } from './data-reachable-from-unowned/check.ts';
import { deniedArrivals } from './denied-arrivals/check.ts';
import { egressNetworkUnused } from './egress-network-unused/check.ts';
import { egressOutsideNetwork } from './egress-outside-network/check.ts';
import { environmentContradictsNamespace } from './environment-contradicts-namespace/check.ts';
import { failuresFarAboveUsual } from './failures-far-above-usual/check.ts';
import { firstTimeCaller } from './first-time-caller/check.ts';
import { hostNetworkPod } from './host-network-pod/check.ts';
import { identityPowerDiffers } from './identity-power-differs/check.ts';
import { identityWithoutAccount } from './identity-without-account/check.ts';
import { idleWorkload } from './idle-workload/check.ts';
import { meshBypassed } from './mesh-bypassed/check.ts';
import { meshedNamespaceUnmeshedPod } from './meshed-namespace-unmeshed-pod/check.ts';
import { newWayToData } from './new-way-to-data/check.ts';
import { newWayToPower } from './new-way-to-power/check.ts';
import { opaquePortSpeaksHttp } from './opaque-port-speaks-http/check.ts';
import { plaintextBetweenMeshed } from './plaintext-between-meshed/check.ts';
import { policyWithoutTarget } from './policy-without-target/check.ts';
import { powerBoundToEverybody } from './power-bound-to-everybody/check.ts';
import { powerReachableFromExposed } from './power-reachable-from-exposed/check.ts';
import { proxyNotScraped } from './proxy-not-scraped/check.ts';
import { proxyVersionSkew } from './proxy-version-skew/check.ts';
import { requiredLabelMissing } from './required-label-missing/check.ts';
import { roleBoundToAnonymous } from './role-bound-to-anonymous/check.ts';
import { sharedIdentityReachesData } from './shared-identity-reaches-data/check.ts';
import { silentPairSpeaks } from './silent-pair-speaks/check.ts';
import { unauthenticatedArrivals } from './unauthenticated-arrivals/check.ts';
import { unauthenticatedArrivalsAtData } from './unauthenticated-arrivals-at-data/check.ts';
import { unknownDataClass } from './unknown-data-class/check.ts';
import { viewsDisagree } from './views-disagree/check.ts';
import { volumeFarAboveUsual } from './volume-far-above-usual/check.ts';
import { workloadMayDoEverything } from './workload-may-do-everything/check.ts';

/** Every check there is: the `check` command, docs/checks.md and the schedules are all made from this list. */
export const CHECKS: readonly Check[] = [
  plaintextBetweenMeshed,
  deniedArrivals,
  callToServiceWithoutWorkload,
  unauthenticatedArrivals,
  meshedNamespaceUnmeshedPod,
  firstTimeCaller,
  unauthenticatedArrivalsAtData,
  auditedArrivals,
  admittedByDefaultOnly,
  authorizationUnused,
  identityWithoutAccount,
  sharedIdentityReachesData,
  viewsDisagree,
  opaquePortSpeaksHttp,
  egressOutsideNetwork,
  proxyNotScraped,
  annotationNotTakenUp,
  proxyVersionSkew,
  meshBypassed,
  hostNetworkPod,
  dataReachableFromExposed,
  dataReachableFromUnowned,
  dataHopWithoutMtls,
  dataHopByDefaultPolicy,
  newWayToData,
  newWayToPower,
  callerFromNewNamespace,
  silentPairSpeaks,
  volumeFarAboveUsual,
  failuresFarAboveUsual,
  bindingToNobody,
  roleBoundToAnonymous,
  powerBoundToEverybody,
  identityPowerDiffers,
  awsRoleShared,
  powerReachableFromExposed,
  requiredLabelMissing,
  unknownDataClass,
  environmentContradictsNamespace,
  configuredEntityUnmatched,
  policyWithoutTarget,
  authorizationVoid,
  idleWorkload,
  egressNetworkUnused,
  workloadMayDoEverything,
];
