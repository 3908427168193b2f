import fc from 'fast-check';
import type { ClusterObservation, Entity, Relation } from '../../../shared/domain/observation.ts';
import { account, boundTo, partOf, pod, scanOf, workload } from './structure-observation.ts';

const web = workload('web');
const FAMILIES = ['workloads', 'pods', 'serviceaccounts', 'bindings'];

const described = (make: (props: Entity['props']) => Entity) =>
  fc
    .record({ replicas: fc.integer({ min: 1, max: 2 }), inject: fc.constantFrom('a', 'b') }, { requiredKeys: [] })
    .map((props) => make(props as Entity['props']));

const fact: fc.Arbitrary<Entity | Relation> = fc.oneof(
  described((props) => workload('web', props)),
  described((props) => workload('api', props)),
  described((props) => pod('web-a', props)),
  described((props) => pod('web-b', props)),
  fc.constantFrom(account('web'), partOf(pod('web-a'), web), partOf(pod('web-b'), web)),
  fc.constantFrom('a', 'b').map((binding) => boundTo(account('web'), 'view', { binding })),
);

const nameOf = (one: Entity | Relation) => ('label' in one ? one.key : JSON.stringify(one));

/** Random scans of one small cluster: facts come, go and change, and some scans could not read everything. */
export const scans = (count: { minLength: number; maxLength: number }): fc.Arbitrary<ClusterObservation[]> =>
  fc
    .uniqueArray(
      fc.record({
        at: fc.integer({ min: 1, max: 99 }),
        facts: fc.uniqueArray(fact, { selector: nameOf, maxLength: 8 }),
        families: fc.subarray(FAMILIES, { minLength: 2 }),
      }),
      { ...count, selector: ({ at }) => at },
    )
    .map((all) => all.map(({ at, facts, families }) => scanOf(at, facts, { families })));

/** Scans in the order of time, and the same ones as a careless queue delivers them: in any order, some twice. */
export const deliveries = (count: { minLength: number; maxLength: number }) =>
  scans(count).chain((all) =>
    fc.record({
      inOrder: fc.constant(all.toSorted((a, b) => a.at - b.at)),
      delivered: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
    }),
  );
