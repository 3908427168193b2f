import type { EntityModel } from '../domain/entity-model.ts';
import { type MeshState, meshState } from '../linkerd/explain/mesh-state.ts';
import type { MeshSettings } from '../linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../linkerd/policy/policy-object.ts';
import type { BaselineWorkload } from './baseline.ts';
import { type EntityFacts, entityFacts } from './entity-facts.ts';
import { type Grant, grantsAmong } from './grants.ts';
import { objectKey } from './object-key.ts';

/** A mesh before or after the change, with what rules ask about it. */
export type GateState = MeshState & {
  /** By key (object-key.ts). */
  readonly byKey: ReadonlyMap<string, PolicyObject>;
  readonly grants: readonly Grant[];
  /** By key of the graph (shared/domain/keys.ts). */
  readonly facts: ReadonlyMap<string, EntityFacts>;
};

export type StateParts = {
  readonly cluster: string;
  readonly objects: readonly PolicyObject[];
  readonly settings: MeshSettings;
  readonly workloads: readonly BaselineWorkload[];
  readonly model: EntityModel;
  readonly source: string;
};

/**
 * Statuses of routes are worked out on both sides: those the controller wrote are of the state before, and what differs
 * between the two sides must come from the change.
 */
export function gateState({ cluster, objects, settings, workloads, model, source }: StateParts): GateState {
  return {
    ...meshState({ objects, options: { settings, trustStatus: false }, named: workloads, source }),
    byKey: new Map(objects.map((object) => [objectKey(object), object])),
    grants: grantsAmong(objects),
    facts: entityFacts(cluster, objects, workloads, model),
  };
}
