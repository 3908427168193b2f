import { type EntityModel, entriesStating, FACET_RELATIONSHIPS, type Facet } from '../domain/entity-model.ts';

/** Something every namespace or workload must tell, and where it may be told. */
export type RequiredFacet = {
  readonly facet: Facet;
  /** The relationship the graph has where it is told. */
  readonly relationship: string;
  /** Labels and annotations that tell it. */
  readonly names: readonly string[];
  /** Entries of the configuration that tell it, be it that there is none: "namespace", "namespace/name" or an address. */
  readonly entries: readonly string[];
};

/**
 * What a check's query reads as `$model`: what the entity model asks for, of which the graph has only what is fulfilled. It
 * holds no instants: an answer as of then goes by the model of today.
 */
export type ModelParameter = {
  readonly required: {
    readonly namespaces: readonly RequiredFacet[];
    readonly workloads: readonly RequiredFacet[];
  };
  /** The classes of data there are; null = any is known. */
  readonly knownDataClasses: readonly string[] | null;
  /** Keys of all entries of the configuration. */
  readonly entries: readonly string[];
};

/** The entity model of the configuration as checks read it. */
export function toModelParameter(model: EntityModel): ModelParameter {
  const asked = (facet: Facet): RequiredFacet => ({
    facet,
    relationship: FACET_RELATIONSHIPS[facet],
    names: [...new Set([...model[facet].labels, ...model[facet].annotations])],
    entries: entriesStating(facet, model),
  });
  return {
    required: {
      namespaces: model.required.namespaces.map(asked),
      workloads: model.required.workloads.map(asked),
    },
    knownDataClasses: model.knownDataClasses ?? null,
    entries: Object.keys(model.entities),
  };
}
