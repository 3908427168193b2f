import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GATE_RULE_IDS } from '../../../shared/gate/rule-ids.ts';
import { GATE_RULES } from '../../../shared/gate/rules/registry.ts';

const folder = join(import.meta.dirname, '../../../shared/gate/rules');

test('every id a configuration may name is a rule, and every rule can be named', () => {
  expect(GATE_RULES.map(({ id }) => id).sort()).toEqual([...GATE_RULE_IDS].sort());
});

describe.each(GATE_RULES)('$id', ({ id, group, title, rationale, remedy, columns }) => {
  test('is a file of its name in the folder of its group', () => {
    expect(readdirSync(join(folder, group))).toContain(`${id}.ts`);
  });

  test('says what clean means, why it matters, what to do, and what exceptions go by', () => {
    expect(title).toMatch(/^[a-z]/);
    for (const text of [rationale, remedy]) expect(text).toMatch(/^\S[\s\S]{20,}\.$/);
    expect(columns.length).toBeGreaterThan(0);
  });
});
