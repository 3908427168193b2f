import { ContractError } from '../errors.ts';
import { DATED_LABELS, STRUCTURAL_TYPES } from '../graph-schema.ts';
import type { CertificatesObservation, ClusterObservation, Entity, NodeRef, Relation } from '../observation.ts';

export type StructureObservation = ClusterObservation | CertificatesObservation;

/** What a scan says of one family it read whole: these facts and no others. */
export type FamilyFacts = { readonly entities: readonly Entity[]; readonly relations: readonly Relation[] };

/**
 * The facts of an observation by covered family, in the order of the observation. Uncovered families say nothing.
 * Throws `ContractError` for labels and types that the graph schema does not know: they become part of queries.
 */
export function factsByFamily({ coverage, entities, relations }: StructureObservation): Map<string, FamilyFacts> {
  const facts = new Map(
    coverage.families.map((family) => [family, { entities: [] as Entity[], relations: [] as Relation[] }]),
  );
  for (const entity of entities) {
    demandLabel(entity.label);
    facts.get(entity.family)?.entities.push(entity);
  }
  for (const relation of relations) {
    demandLabel(relation.from.label);
    demandLabel(relation.to.label);
    if (!TYPES.has(relation.type)) throw new ContractError(`${relation.type} is no relationship type of ${SCHEMA}`);
    facts.get(relation.family)?.relations.push(relation);
  }
  return facts;
}

const SCHEMA = 'the graph schema; the observation was made by a newer version or is damaged';
const LABELS = new Set(DATED_LABELS);
const TYPES = new Set(STRUCTURAL_TYPES);

function demandLabel(label: string): void {
  if (!LABELS.has(label)) throw new ContractError(`${label} is no label of ${SCHEMA}`);
}

/** One text a node: names it among all nodes of all labels. */
export const nodeName = ({ label, key }: NodeRef): string => `${label} ${key}`;

/** One text a relationship: family, type, ends and all properties are its identity, in whatever order these are given. */
export const relationName = ({ family, type, from, to, props }: Relation): string =>
  `${family} ${type} ${nodeName(from)} ${nodeName(to)} ${descriptionText(props)}`;

/** One text a description: equal texts = nothing changed. Neither the order of the properties nor spelling enters. */
export const descriptionText = (props: Entity['props']): string =>
  JSON.stringify(
    Object.keys(props)
      .sort()
      .map((name) => [name, props[name]]),
  );

/** Entities by node. A node belongs to one family: two that describe it would close each other's lives. */
export function entitiesByNode(entities: Iterable<Entity>): Map<string, Entity> {
  const byNode = new Map<string, Entity>();
  for (const entity of entities) {
    const name = nodeName(entity);
    const other = byNode.get(name);
    if (other && other.family !== entity.family) {
      throw new ContractError(
        `${name} is described by the families ${other.family} and ${entity.family}; an observation gives each node to one`,
      );
    }
    byNode.set(name, entity);
  }
  return byNode;
}
