import { expect, test } from 'vitest';
import { toModelParameter } from '../../../shared/checks/model-parameter.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';

const parameterOf = (model: object) => toModelParameter(entityModelSchema.parse(model));

test('checks are told what is required, where it may be told, and who tells it by an entry', () => {
  const { required } = parameterOf({
    owner: { labels: ['team'], annotations: ['team', 'contact'] },
    required: { namespaces: ['owner'], workloads: ['dataClass'] },
    dataClass: { labels: ['data'], annotations: [] },
    entities: { books: { owner: 'bookshop' }, 'books/web': { dataClasses: [] }, 'books/db': { environment: 'test' } },
  });
  expect(required.namespaces).toEqual([
    { facet: 'owner', relationship: 'OWNED_BY', names: ['team', 'contact'], entries: ['books'] },
  ]);
  expect(required.workloads).toEqual([
    { facet: 'dataClass', relationship: 'HOLDS', names: ['data'], entries: ['books/web'] },
  ]);
});

test('where the configuration says nothing, nothing is required and any class of data is known', () => {
  expect(parameterOf({})).toEqual({
    required: { namespaces: [], workloads: [] },
    knownDataClasses: null,
    entries: [],
  });
  expect(parameterOf({ knownDataClasses: ['personal'], entities: { books: {} } })).toMatchObject({
    knownDataClasses: ['personal'],
    entries: ['books'],
  });
});
