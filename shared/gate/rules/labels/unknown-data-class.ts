import { nearest } from '../../../domain/configuration/nearest.ts';
import { type EntityModel, statedBy } from '../../../domain/entity-model.ts';
import { stateRule, type Violation } from '../../rule.ts';
import { type LabelledEntity, labelledEntities } from './labelled-entities.ts';

export const unknownDataClass = stateRule({
  id: 'unknown-data-class',
  group: 'labels',
  title: 'labels name classes of data that there are',
  severity: 'medium',
  rationale:
    'The label names a class that `entityModel.knownDataClasses` of the configuration does not list. Questions and rules about the class that was meant do not see the workload then.',
  remedy: 'Correct the label, or add the class to entityModel.knownDataClasses.',
  columns: ['object', 'namespace', 'dataClass'],
  violations: (state, judged) => {
    const { model } = judged;
    const { knownDataClasses } = model;
    if (knownDataClasses === undefined) return [];
    const known = new Set(knownDataClasses);
    return labelledEntities(state, judged).flatMap((labelled) =>
      (statedBy(labelled.entity, 'dataClass', model) ?? []).flatMap((name) =>
        known.has(name) ? [] : [toViolation(labelled, name, knownDataClasses, model)],
      ),
    );
  },
});

function toViolation(
  { entity, shown, key }: LabelledEntity,
  name: string,
  known: readonly string[],
  model: EntityModel,
): Violation {
  const near = nearest(name, known);
  const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`;
  return {
    message: `${shown} holds data of class ${name}, which entityModel.knownDataClasses does not list; ${hint}`,
    places: [{ key, field: fieldOf(entity, model) }],
    fingerprint: [key, name],
    row: { object: shown, namespace: String(entity.props.namespace ?? entity.props.name), dataClass: name },
  };
}

/** The label or annotation that the entity model read it from. */
function fieldOf({ props }: LabelledEntity['entity'], { dataClass }: EntityModel): string {
  const has = (pairs: unknown, name: string): boolean =>
    Array.isArray(pairs) && pairs.some((pair) => String(pair).startsWith(`${name}=`));
  const label = dataClass.labels.find((name) => has(props.labels, name));
  if (label !== undefined) return `metadata.labels["${label}"]`;
  const annotation = dataClass.annotations.find((name) => has(props.annotations, name));
  return annotation === undefined ? 'metadata' : `metadata.annotations["${annotation}"]`;
}
