import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { openApi } from '../../../shared/domain/api/openapi.ts';
import { type Operation, pathParameters } from '../../../shared/domain/api/operation.ts';
import { OPERATIONS } from '../../../shared/domain/api/operations.ts';
import { QUESTIONS } from '../../../shared/questions/registry.ts';

test("the description is valid by the OpenAPI Initiative's own schema of 3.1", async () => {
  const path = createRequire(import.meta.url).resolve('@seriousme/openapi-schema-validator/schemas/v3.1/schema.json');
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(await readFile(path, 'utf8')));
  expect(validate(openApi()), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...openApi(), info: {} })).toBe(false);
});

test('every reference in it leads somewhere', () => {
  const text = JSON.stringify(openApi());
  const { schemas } = (openApi() as { components: { schemas: object } }).components;
  const named = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((name) => !Object.hasOwn(schemas, name ?? ''))).toEqual([]);
});

test('no parameter of a question has a name that every question takes', () => {
  const names = QUESTIONS.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  expect(
    names.filter((name) =>
      ['name', 'cluster', 'at', 'since', 'namespace', 'owner', 'limit', 'param', 'output'].includes(name),
    ),
  ).toEqual([]);
});

test.each(Object.entries<Operation>(OPERATIONS))('%s takes every parameter of its path', (_, { path, input }) => {
  expect(Object.keys(input.shape)).toEqual(expect.arrayContaining(pathParameters(path)));
});
