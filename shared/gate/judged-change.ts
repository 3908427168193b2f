import type { EntityModel } from '../domain/entity-model.ts';
import { meshSettings } from '../linkerd/policy/mesh-settings.ts';
import { groupKind } from '../linkerd/policy/policy-object.ts';
import type { Baseline } from './baseline.ts';
import type { Change } from './change.ts';
import { gateState } from './gate-state.ts';
import { type LaidOver, layOver } from './lay-over.ts';
import type { JudgedChange } from './rule.ts';

/** Both sides of a change, worked out once for all rules. */
export function judgedChange(baseline: Baseline, change: Change, model: EntityModel): JudgedChange {
  const laid = layOver(baseline.objects, change, baseline.workloads);
  const { cluster, workloads, settings } = baseline;
  const parts = { cluster, workloads, model };
  return {
    baseline,
    change,
    laid,
    model,
    before: gateState({ ...parts, byKey: laid.known, settings, source: 'the mesh before' }),
    after: gateState({
      ...parts,
      byKey: laid.byKey,
      settings: settingsAfter(baseline, laid),
      source: 'the mesh after',
    }),
  };
}

/** A change may hold the settings of the control plane too. */
function settingsAfter({ settings }: Baseline, { given }: LaidOver): Baseline['settings'] {
  const { controlPlaneNamespace } = settings;
  const config = [...given.values()]
    .map(({ placed }) => placed.object)
    .find(
      (object) =>
        groupKind(object) === 'ConfigMap.' &&
        object.metadata.name === 'linkerd-config' &&
        object.metadata.namespace === controlPlaneNamespace,
    );
  const values = (config?.data as { readonly values?: string } | undefined)?.values;
  return values === undefined ? settings : meshSettings(values, controlPlaneNamespace);
}
