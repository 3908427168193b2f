import { type EntityModel, type Facet, statedBy } from '../../../domain/entity-model.ts';
import { stateRule, type Violation } from '../../rule.ts';
import { type LabelledEntity, labelledEntities } from './labelled-entities.ts';

export const requiredLabelMissing = stateRule({
  id: 'required-label-missing',
  group: 'labels',
  title: 'namespaces and workloads carry the labels the entity model requires',
  severity: 'medium',
  rationale:
    'What `entityModel.required` of the configuration asks for is what questions, alerts and other rules go by: who owns it, which data it holds, from where it is reached. Without it a finding reaches nobody and a class of data is taken for none. A workload inherits from its namespace; an entry under `entityModel.entities` counts as a label.',
  remedy: 'Add one of the labels the message names, or an entry under entityModel.entities.',
  columns: ['object', 'namespace', 'facet', 'labels'],
  violations: (state, judged) => {
    const { required } = judged.model;
    if (required.namespaces.length + required.workloads.length === 0) return [];
    return labelledEntities(state, judged).flatMap((labelled) => {
      const facets = labelled.entity.label === 'Namespace' ? required.namespaces : required.workloads;
      return facets.flatMap((facet) =>
        tells(labelled, facet, judged.model) ? [] : [toViolation(labelled, facet, judged.model)],
      );
    });
  },
});

const tells = ({ entity, namespace }: LabelledEntity, facet: Facet, model: EntityModel): boolean =>
  (statedBy(entity, facet, model) ?? (namespace && statedBy(namespace.entity, facet, model))) !== undefined;

/** What is not known of what does not tell a facet. */
export const FACET_QUESTIONS: Readonly<Record<Facet, string>> = {
  owner: 'who owns it',
  environment: 'its environment',
  exposure: 'from where it may be reached',
  dataClass: 'which class of data it holds',
};

function toViolation({ entity, shown, key, namespace }: LabelledEntity, facet: Facet, model: EntityModel): Violation {
  const { labels, annotations } = model[facet];
  const wanted = labels.length > 0 ? labels : annotations;
  const what = labels.length > 0 ? 'label' : 'annotation';
  const where = entity.label === 'Namespace' ? 'it' : 'it, or its namespace,';
  return {
    message: `${shown} does not tell ${FACET_QUESTIONS[facet]}, which this configuration requires: give ${where} the ${what} ${alternatives(wanted)}`,
    places: [
      { key, field: `metadata.${what}s` },
      ...(namespace ? [{ key: namespace.key, field: `metadata.${what}s` }] : []),
    ],
    fingerprint: [key, facet],
    row: {
      object: shown,
      namespace: String(entity.props.namespace ?? entity.props.name),
      facet,
      labels: [...wanted],
    },
  };
}

/** `team, owner or squad`. */
export const alternatives = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : (names[0] ?? '');
