import type { Observation } from '../../../shared/domain/observation.ts';
import { account, boundTo, partOf, pod, scanOf, workload } from './structure-observation.ts';
import { aCall, anArrival, observe } from './traffic-observation.ts';

/** Two scans of a cluster and two windows of its traffic; between them a pod is replaced and a workload grows. */
const web = workload('web', { replicas: 1 });
export const log: Observation[] = [
  scanOf(100_000, [
    web,
    pod('a'),
    partOf(pod('a'), web),
    account('web'),
    boundTo(account('web'), 'view', { binding: 'x' }),
  ]),
  observe({ from: 300_000, calls: [aCall()], arrivals: [anArrival()] }),
  scanOf(400_000, [workload('web', { replicas: 2 }), pod('b'), partOf(pod('b'), web)]),
  observe({ from: 600_000, calls: [aCall({ requests: 3 })] }),
];
