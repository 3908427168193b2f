import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTROLS } from '../../../shared/checks/controls.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { LABELS } from '../../../shared/domain/graph-schema.ts';
import { FAMILIES } from '../../../shared/kubernetes/families.ts';

const folder = join(import.meta.dirname, '../../../shared/checks');

test('every folder with a check is in the registry, under the name of the folder', () => {
  const folders = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'check.ts')));
  expect(CHECKS.map(({ id }) => id).sort()).toEqual(folders.sort());
});

test.each(CHECKS)('$id says what it needs to judge, in families that exist', ({ needs }) => {
  expect(needs.traffic || needs.families.length > 0).toBe(true);
  for (const family of needs.families) expect(FAMILIES).toHaveProperty([family]);
});

test.each(CHECKS)('$id reads every parameter it declares, and the cluster and instant it is asked about', (check) => {
  for (const name of ['cluster', 'at', ...check.parameters.map((parameter) => parameter.name)]) {
    expect([check.query, ...(check.more ?? [])].join('\n')).toContain(`$${name}`);
  }
});

test.each(CHECKS)(
  '$id says of how many things it found some, and which controls a clean result is evidence for',
  (check) => {
    expect(check.population?.noun).toMatch(/\w/);
    expect(check.population?.query).toContain('AS count');
    expect(check.population?.query).toContain('$cluster');
    expect(check.controls.length).toBeGreaterThan(0);
    for (const id of check.controls) expect(CONTROLS).toHaveProperty([id]);
  },
);

test.each(
  CHECKS.flatMap(({ id, query, population }) => [
    { id, query },
    { id: `${id}, its population,`, query: population?.query ?? '' },
  ]),
)('$id names labels of the schema only', ({ query }) => {
  const known = LABELS.map(({ label }) => label);
  const named = [...query.matchAll(/\(\w*:([A-Z]\w*(?:\|[A-Z]\w*)*)/g)].flatMap((match) => (match[1] ?? '').split('|'));
  expect(named.length).toBeGreaterThan(0);
  for (const label of named) expect(known).toContain(label);
});

test.each(CHECKS)('$id refuses a row of another shape instead of printing nonsense', (check) => {
  expect(() => check.violations([{ surprise: true }])).toThrow(/its query returned a row of another shape/);
});
