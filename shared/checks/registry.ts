import { callToServiceWithoutWorkload } from './call-to-service-without-workload/check.ts';
import type { Check } from './check.ts';
import { deniedArrivals } from './denied-arrivals/check.ts';
import { firstTimeCaller } from './first-time-caller/check.ts';
import { meshedNamespaceUnmeshedPod } from './meshed-namespace-unmeshed-pod/check.ts';
import { plaintextBetweenMeshed } from './plaintext-between-meshed/check.ts';
import { unauthenticatedArrivals } from './unauthenticated-arrivals/check.ts';

/** Every check there is: the `check` command, docs/checks.md and the schedules are all made from this list. */
export const CHECKS: readonly Check[] = [
  plaintextBetweenMeshed,
  deniedArrivals,
  callToServiceWithoutWorkload,
  unauthenticatedArrivals,
  meshedNamespaceUnmeshedPod,
  firstTimeCaller,
];
