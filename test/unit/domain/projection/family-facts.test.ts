import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../../shared/domain/errors.ts';
import type { Entity, Relation } from '../../../../shared/domain/observation.ts';
import {
  entitiesByNode,
  factsByFamily,
  relationName,
  type StructureObservation,
} from '../../../../shared/domain/projection/family-facts.ts';

const pod: Entity = { label: 'Pod', key: 'prod/shop/Pod/a', family: 'pods', props: { name: 'a' } };
const role = { label: 'Role', key: 'prod/ClusterRole/view' };
const bound: Relation = {
  type: 'BOUND_TO',
  from: pod,
  to: role,
  family: 'bindings',
  props: { binding: 'b', namespace: 'n' },
};

const scan = (entities: Entity[], relations: Relation[], families: string[]): StructureObservation => ({
  schema: 'meshgraph.observation/v1',
  id: 'x',
  cluster: 'prod',
  at: 1,
  readAt: 1,
  source: 'certificates',
  entities,
  relations,
  coverage: { families, notes: [] },
});

describe('factsByFamily', () => {
  it('leaves out what an uncovered family says and keeps covered families that hold nothing', () => {
    const facts = factsByFamily(scan([pod], [bound], ['bindings', 'services']));
    expect([...facts]).toEqual([
      ['bindings', { entities: [], relations: [bound] }],
      ['services', { entities: [], relations: [] }],
    ]);
  });

  it.each([
    ['a label', scan([{ ...pod, label: 'Pod) DETACH DELETE (n' }], [], [])],
    ['the label of an end', scan([], [{ ...bound, to: { ...role, label: 'Finding' } }], [])],
    ['a type', scan([], [{ ...bound, type: 'CALLED' }], [])],
  ])('refuses %s that is not for scans to write', (_what, observation) => {
    expect(() => factsByFamily(observation)).toThrow(ContractError);
  });
});

describe('a name', () => {
  it('of a relationship does not depend on the order of its properties, but on their values and its family', () => {
    const other = (props: Relation['props']) => relationName({ ...bound, props });
    expect(other({ namespace: 'n', binding: 'b' })).toBe(relationName(bound));
    expect(other({ namespace: 'n', binding: 'c' })).not.toBe(relationName(bound));
    expect(relationName({ ...bound, family: 'others' })).not.toBe(relationName(bound));
  });

  it('is given to one node once, and a node to one family', () => {
    expect([...entitiesByNode([pod, pod]).values()]).toEqual([pod]);
    expect(() => entitiesByNode([pod, { ...pod, family: 'workloads' }])).toThrow(/families pods and workloads/);
  });
});
