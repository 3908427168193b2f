import type { z } from 'zod';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { BASELINE_SCHEMA, type Baseline } from '../../../shared/gate/baseline.ts';
import { judgedChange } from '../../../shared/gate/judged-change.ts';
import type { GateRule, Violation } from '../../../shared/gate/rule.ts';
import { parseManifests } from '../../../shared/kubernetes/manifests/parse-manifests.ts';
import { DEFAULT_SETTINGS } from '../../../shared/linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../../../shared/linkerd/policy/policy-object.ts';

export type Given = {
  /** Manifests of what is there before, and of what is applied. */
  readonly before?: string;
  readonly apply?: string;
  /** Of what is there before, what the change deletes. */
  readonly remove?: string;
  readonly model?: z.input<typeof entityModelSchema>;
  readonly baseline?: Partial<Baseline>;
};

const AT = Date.parse('2026-11-24T12:00:00Z');
const TRAFFIC = { since: 0, at: AT, coveredMs: AT, partialWindows: 0, newest: AT, edges: [] };

const objectsOf = (text = ''): PolicyObject[] => parseManifests(text, 'shop.yaml').map(({ object }) => object);

/** What one rule says of a change, by severity, place and message. */
export function judgeRule(rule: GateRule, { before, apply, remove, model, baseline }: Given) {
  const manifests = objectsOf(apply).map((object) => ({ object, file: 'shop.yaml', line: 1, lineOf: () => 1 }));
  const judged = judgedChange(
    {
      schema: BASELINE_SCHEMA,
      cluster: 'prod',
      at: AT,
      settings: DEFAULT_SETTINGS,
      objects: [...objectsOf(before), ...objectsOf(remove)],
      workloads: [],
      traffic: TRAFFIC,
      unread: [],
      notes: [],
      ...baseline,
    },
    { manifests, base: objectsOf(remove), full: undefined, namespace: 'shop' },
    entityModelSchema.parse(model ?? {}),
  );
  const { caused, existing } = rule.judge(judged);
  for (const { row } of [...caused, ...existing]) {
    const unnamed = Object.keys(row).filter((column) => !rule.columns.includes(column));
    if (unnamed.length > 0) throw new Error(`${rule.id} has columns it does not list: ${unnamed.join(', ')}`);
    const missing = rule.columns.filter((column) => row[column] === undefined);
    if (missing.length > 0) throw new Error(`${rule.id} lists columns that a row lacks: ${missing.join(', ')}`);
  }
  const told = (violations: readonly Violation[]) =>
    violations.map(({ message, severity = rule.severity, places: [first] }) => {
      return { severity, at: `${first?.key} ${first?.field}`, message };
    });
  return { caused: told(caused), existing: told(existing) };
}
