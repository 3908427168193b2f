import { oncePer } from '../../domain/once-per.ts';
import type { Workload } from '../policy/workload.ts';

/** Instances by all that verdicts depend on, addresses apart: pods of one template are judged once. */
export const alike = (instances: readonly Workload[]): readonly (readonly Workload[])[] => [
  ...Map.groupBy(instances, signature).values(),
];

const signature = oncePer(({ name: _, addresses: __, labels, namedPorts, probes, ...others }: Workload): string =>
  JSON.stringify([others, [...labels], [...namedPorts], [...probes]]),
);
