import type { Layer } from '../../domain/traffic-series/slot.ts';

/** A query written for `CALLED`, for either layer: Cypher takes no parameter where a type stands. */
export const forLayer = (query: string, layer: Layer): string => query.replaceAll(':CALLED', `:${layer}`);

/** A query written for `Workload`, for another label: nor does it take one where a label stands. */
export const forLabel = (query: string, label: string): string => query.replaceAll(':Workload', `:${label}`);
