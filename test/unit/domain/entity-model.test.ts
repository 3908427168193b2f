import { describe, expect, test } from 'vitest';
import {
  applyEntityModel,
  entityModelAnnotations,
  entityModelSchema,
  statedBy,
} from '../../../shared/domain/entity-model.ts';
import type { Entity } from '../../../shared/domain/observation.ts';

function entity(label: string, key: string, props: Entity['props']): Entity {
  return { label, key: `c/${key}`, family: 'any', props };
}
const namespace = (name: string, labels: string[], annotations: string[] = []) =>
  entity('Namespace', `Namespace/${name}`, { name, labels, annotations });
const workload = (inNamespace: string, name: string, labels: string[], annotations: string[] = []) =>
  entity('Workload', `${inNamespace}/Deployment/${name}`, { namespace: inNamespace, name, labels, annotations });

function applied(entities: Entity[], config: unknown = {}): string[] {
  const { relations } = applyEntityModel('c', entities, entityModelSchema.parse(config));
  return relations.map(({ type, from, to }) => `${from.key} ${type} ${to.key}`);
}

describe('the entity model', () => {
  test('knows the usual labels without any configuration', () => {
    const labels = ['team=shop', 'environment=prod', 'exposure=internet', 'data-classification=personal'];
    expect(applied([workload('books', 'web', labels)])).toEqual([
      'c/books/Deployment/web OWNED_BY c/Owner/shop',
      'c/books/Deployment/web RUNS_IN c/Environment/prod',
      'c/books/Deployment/web EXPOSED_TO c/Exposure/internet',
      'c/books/Deployment/web HOLDS c/DataClass/personal',
    ]);
  });

  test('lets a workload inherit from its namespace what it does not say itself', () => {
    const books = namespace('books', ['team=shop', 'data-class=internal']);
    expect(applied([books, workload('books', 'web', ['data-class=personal']), workload('books', 'job', [])])).toEqual([
      'c/Namespace/books OWNED_BY c/Owner/shop',
      'c/books/Deployment/web OWNED_BY c/Owner/shop',
      'c/books/Deployment/web HOLDS c/DataClass/personal',
      'c/books/Deployment/job OWNED_BY c/Owner/shop',
      'c/books/Deployment/job HOLDS c/DataClass/internal',
    ]);
  });

  test('splits several data classes at commas, from an annotation where no label is', () => {
    const web = workload('books', 'web', [], ['data-classification=personal, payment']);
    expect(applied([web])).toEqual([
      'c/books/Deployment/web HOLDS c/DataClass/personal',
      'c/books/Deployment/web HOLDS c/DataClass/payment',
    ]);
  });

  test('cuts what no team or class is called: an annotation may hold more than a graph can index', () => {
    const [told] = applied([workload('books', 'web', [], [`team=${'x'.repeat(100_000)}`])]);
    expect(told).toBe(`c/books/Deployment/web OWNED_BY c/Owner/${'x'.repeat(253)}`);
  });

  test('lets explicit entries win over labels, the workload over its namespace', () => {
    const entities = {
      books: { owner: 'shop', dataClasses: ['internal'] },
      'books/web': { dataClasses: [] },
    };
    const workloads = [namespace('books', []), workload('books', 'web', ['data-class=x']), workload('books', 'db', [])];
    expect(applied(workloads, { entities })).toEqual([
      'c/Namespace/books OWNED_BY c/Owner/shop',
      'c/books/Deployment/web OWNED_BY c/Owner/shop',
      'c/books/Deployment/db OWNED_BY c/Owner/shop',
      'c/books/Deployment/db HOLDS c/DataClass/internal',
    ]);
  });

  test('makes a node of an external address it names', () => {
    const model = entityModelSchema.parse({ entities: { 'api.payments.example': { dataClasses: ['payment'] } } });
    const { entities, relations } = applyEntityModel('c', [], model);
    expect(entities.map(({ label, key, props }) => [label, key, props.name])).toEqual([
      ['External', 'c/External/api.payments.example', 'api.payments.example'],
      ['DataClass', 'c/DataClass/payment', 'payment'],
    ]);
    expect(relations.map(({ type }) => type)).toEqual(['HOLDS']);
  });

  test('uses the configured labels instead of the usual ones', () => {
    const web = workload('books', 'web', ['team=shop', 'acme.example/squad=payments']);
    const config = { owner: { labels: ['acme.example/squad'] } };
    expect(applied([web], config)).toEqual(['c/books/Deployment/web OWNED_BY c/Owner/payments']);
    expect(entityModelAnnotations(entityModelSchema.parse({ owner: { annotations: ['a.example/o'] } }))).toContain(
      'a.example/o',
    );
  });

  test('makes one node of a name that many share', () => {
    const workloads = ['a', 'b', 'c'].map((name) => workload('books', name, ['team=shop']));
    const { entities } = applyEntityModel('c', workloads, entityModelSchema.parse({}));
    expect(entities.map(({ key }) => key)).toEqual(['c/Owner/shop']);
  });

  test('refuses keys it does not know', () => {
    expect(entityModelSchema.safeParse({ owners: {} }).success).toBe(false);
    expect(entityModelSchema.safeParse({ entities: { books: { data: 'x' } } }).success).toBe(false);
  });
});

describe('what the gate asks of labels', () => {
  test('is nothing unless the configuration says so, and any class of data is known', () => {
    const { required, knownDataClasses } = entityModelSchema.parse({});
    expect(required).toEqual({ namespaces: [], workloads: [] });
    expect(knownDataClasses).toBeUndefined();
  });

  test('is told by facet, for namespaces and workloads apart', () => {
    const { required, knownDataClasses } = entityModelSchema.parse({
      required: { namespaces: ['owner', 'environment'], workloads: ['dataClass'] },
      knownDataClasses: ['personal'],
    });
    expect(required).toEqual({ namespaces: ['owner', 'environment'], workloads: ['dataClass'] });
    expect(knownDataClasses).toEqual(['personal']);
  });

  test('goes by what a workload or namespace says itself: nothing, or that it has none', () => {
    const model = entityModelSchema.parse({ entities: { 'books/db': { dataClasses: [] } } });
    const books = namespace('books', ['data-class=internal, personal']);
    expect(statedBy(books, 'dataClass', model)).toEqual(['internal', 'personal']);
    expect(statedBy(workload('books', 'web', []), 'dataClass', model)).toBeUndefined();
    expect(statedBy(workload('books', 'db', ['data-class=x']), 'dataClass', model)).toEqual([]);
  });
});
