import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { LABELS, NODE_LIFE, RELATIONSHIPS } from '../../../shared/domain/graph-schema.ts';
import { FAMILIES, type Family } from '../../../shared/kubernetes/families.ts';
import { keptAnnotations } from '../../../shared/kubernetes/kept-annotations.ts';
import { trimObject } from '../../../shared/kubernetes/trim-object.ts';
import { readRecorded } from '../../read-recorded.ts';
import { recordedLister } from '../../recorded-objects.ts';

const model = entityModelSchema.parse({
  entities: {
    books: { dataClasses: ['personal'], environment: 'prod', exposure: 'internal' },
    'api.payments.example': { owner: 'payments', dataClasses: ['payment'] },
  },
});
const shuffled = <T>(items: T[], seed: number): T[] =>
  fc.sample(fc.shuffledSubarray(items, { minLength: items.length }), { numRuns: 1, seed })[0] ?? [];

describe('the facts of a cluster', () => {
  test('fit the graph schema: labels, properties, relationship ends', async () => {
    const { entities, relations } = await readRecorded(recordedLister('large'), model);
    const schema = new Map(
      LABELS.map(({ label, properties }) => [label, [...NODE_LIFE, ...properties].map(([p]) => p)]),
    );
    for (const { label, props } of entities)
      expect(schema.get(label)).toEqual(expect.arrayContaining(Object.keys(props)));
    for (const { type, from, to, props } of relations) {
      const doc = RELATIONSHIPS.find((candidate) => candidate.type === type);
      expect(doc?.from, type).toContain(from.label);
      expect(doc?.to, type).toContain(to.label);
      expect(doc?.properties.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(props)));
    }
  });

  test('hold every node and relationship once, with both ends there, but for what bindings name', async () => {
    const { entities, relations } = await readRecorded(recordedLister('large'), model);
    const nodes = new Set(entities.map(({ label, key }) => `${label} ${key}`));
    expect(nodes.size).toBe(entities.length);
    expect(new Set(relations.map((relation) => JSON.stringify(relation))).size).toBe(relations.length);
    const isWhole = ({ from, to }: (typeof relations)[number]) =>
      nodes.has(`${from.label} ${from.key}`) && nodes.has(`${to.label} ${to.key}`);
    const dangling = relations.filter((relation) => !isWhole(relation));
    expect(new Set(dangling.map(({ type }) => type))).toEqual(new Set(['BOUND_TO']));
    // Recorded so: the workload's ServiceAccount was never made, and the controller that would have one does not run.
    expect(dangling.map(({ from, to }) => `${from.key} -> ${to.key}`)).toEqual(
      expect.arrayContaining([
        'c/orders-prod/ServiceAccount/api -> c/orders-prod/Role/app-reader',
        'c/kube-system/ServiceAccount/route-controller -> c/ClusterRole/system:controller:route-controller',
      ]),
    );
  });

  test('belong to families that know both ends of each relationship', async () => {
    const { entities, relations } = await readRecorded(recordedLister('large'), model);
    const kindsOf = (family: string): readonly string[] => FAMILIES[family as Family];
    const familyOf = new Map(entities.map(({ label, key, family }) => [`${label} ${key}`, family]));
    const missing = (label: string): string => (label === 'Role' ? 'clusterroles' : 'serviceaccounts');
    for (const { family, from, to } of relations) {
      for (const end of [from, to]) {
        const needed = kindsOf(familyOf.get(`${end.label} ${end.key}`) ?? missing(end.label));
        expect(kindsOf(family), `${family} of ${from.key} -> ${to.key}`).toEqual(expect.arrayContaining([...needed]));
      }
    }
  });

  test('are the same in whatever order the server lists objects', async () => {
    const usual = await readRecorded(recordedLister('final'), model);
    for (const seed of [1, 2, 3]) {
      const other = await readRecorded(
        recordedLister('final', (_, items) => shuffled(items, seed)),
        model,
      );
      expect(other.entities).toEqual(usual.entities);
      expect(other.relations).toEqual(usual.relations);
    }
  });

  test('are the same from trimmed objects as from whole ones', async () => {
    const keep = keptAnnotations(model);
    const whole = await readRecorded(recordedLister('final'), model);
    const trimmed = await readRecorded(
      recordedLister('final', (id, items) => items.map((item) => trimObject(id, item, keep))),
      model,
    );
    expect(trimmed.entities).toEqual(whole.entities);
    expect(trimmed.relations).toEqual(whole.relations);
  });

  test('do not change when only the server’s bookkeeping does', async () => {
    const usual = await readRecorded(recordedLister('final'), model);
    const later = await readRecorded(
      recordedLister('final', (_, items) =>
        items.map((item) => {
          const text = JSON.stringify(item).replaceAll(
            /"lastTransitionTime":"[^"]*"/g,
            '"lastTransitionTime":"2030-01-01T00:00:00Z"',
          );
          const copy = JSON.parse(text);
          copy.metadata.resourceVersion = '999999';
          copy.metadata.generation = 99;
          return copy;
        }),
      ),
      model,
    );
    expect(later.entities).toEqual(usual.entities);
    expect(later.relations).toEqual(usual.relations);
  });
});
