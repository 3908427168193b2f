import type { EntityModel } from '../domain/entity-model.ts';
import { once } from '../domain/once-per.ts';
import { type MeshState, meshState } from '../linkerd/explain/mesh-state.ts';
import type { MeshSettings } from '../linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../linkerd/policy/policy-object.ts';
import type { BaselineWorkload } from './baseline.ts';
import { type EntityFacts, entityFacts } from './entity-facts.ts';
import { type Grant, grantsAmong } from './grants.ts';

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
  /** By key (object-key.ts). */
  readonly byKey: ReadonlyMap<string, PolicyObject>;
  readonly settings: MeshSettings;
  readonly workloads: readonly BaselineWorkload[];
  readonly model: EntityModel;
  readonly source: string;
};

/**
 * Statuses of routes are worked out on both sides: those the controller wrote are of the state before, and what differs
 * between the two sides must come from the change.
 */
export function gateState({ cluster, byKey, settings, workloads, model, source }: StateParts): GateState {
  const objects = [...byKey.values()];
  const grants = once(() => grantsAmong(objects));
  const facts = once(() => entityFacts(cluster, objects, workloads, model));
  return {
    ...meshState({ objects, options: { settings, trustStatus: false }, named: workloads, source }),
    byKey,
    get grants() {
      return grants();
    },
    get facts() {
      return facts();
    },
  };
}
