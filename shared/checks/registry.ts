import { admittedByDefaultOnly } from './admitted-by-default-only/check.ts';
import { annotationNotTakenUp } from './annotation-not-taken-up/check.ts';
import { auditedArrivals } from './audited-arrivals/check.ts';
import { authorizationUnused } from './authorization-unused/check.ts';
import { callToServiceWithoutWorkload } from './call-to-service-without-workload/check.ts';
import type { Check } from './check.ts';
import { deniedArrivals } from './denied-arrivals/check.ts';
import { egressOutsideNetwork } from './egress-outside-network/check.ts';
import { firstTimeCaller } from './first-time-caller/check.ts';
import { hostNetworkPod } from './host-network-pod/check.ts';
import { identityWithoutAccount } from './identity-without-account/check.ts';
import { meshBypassed } from './mesh-bypassed/check.ts';
import { meshedNamespaceUnmeshedPod } from './meshed-namespace-unmeshed-pod/check.ts';
import { opaquePortSpeaksHttp } from './opaque-port-speaks-http/check.ts';
import { plaintextBetweenMeshed } from './plaintext-between-meshed/check.ts';
import { proxyNotScraped } from './proxy-not-scraped/check.ts';
import { proxyVersionSkew } from './proxy-version-skew/check.ts';
import { sharedIdentityReachesData } from './shared-identity-reaches-data/check.ts';
import { unauthenticatedArrivals } from './unauthenticated-arrivals/check.ts';
import { unauthenticatedArrivalsAtData } from './unauthenticated-arrivals-at-data/check.ts';
import { viewsDisagree } from './views-disagree/check.ts';

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
];
