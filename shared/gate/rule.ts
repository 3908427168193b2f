import type { Severity } from '../checks/check.ts';
import type { EntityModel } from '../domain/entity-model.ts';
import type { Baseline } from './baseline.ts';
import type { Change } from './change.ts';
import type { GateState } from './gate-state.ts';
import type { LaidOver } from './lay-over.ts';
import type { GateRuleId } from './rule-ids.ts';

/** What a change does to one mesh, as rules see it. */
export type JudgedChange = {
  readonly baseline: Baseline;
  readonly change: Change;
  readonly laid: LaidOver;
  readonly before: GateState;
  readonly after: GateState;
  readonly model: EntityModel;
};

/** A place in an object: its key (object-key.ts) and the offending field, where one is. */
export type Place = { readonly key: string; readonly field?: string };

export type Violation = {
  /** One sentence with all a person needs to act. */
  readonly message: string;
  /** Where the rule's own severity does not fit. */
  readonly severity?: Severity;
  /** Where it comes from, likeliest first: the first that the change writes is shown with file and line. */
  readonly places: readonly Place[];
  /** What makes it the same violation before and after, and next time: never counts, times or wording. */
  readonly fingerprint: readonly (string | number)[];
  /** Values by name: what exceptions go by, and what JSON tells. */
  readonly row: Readonly<Record<string, RowValue>>;
};

export type RowValue = string | number | boolean | null | readonly string[];

/** `caused` by the change; `existing` was so before and stays. */
export type Judgement = { readonly caused: readonly Violation[]; readonly existing: readonly Violation[] };

export const GATE_GROUPS = ['calls', 'access', 'policy', 'mesh', 'rbac', 'labels'] as const;

export type GateRule = {
  /** The anchor in docs/gate-rules.md. */
  readonly id: GateRuleId;
  readonly group: (typeof GATE_GROUPS)[number];
  /** What a clean result means. */
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly remedy: string;
  /** Names of the values of a row: what an exception can go by. */
  readonly columns: readonly string[];
  readonly judge: (judged: JudgedChange) => Judgement;
};

/** A rule by whatever name: one of meshgraph's, or the user's own. */
export type AnyRule = Omit<GateRule, 'id' | 'group'> & { readonly id: string; readonly group: string };

type StateRule = Omit<GateRule, 'judge'> & {
  readonly violations: (state: GateState, judged: JudgedChange) => readonly Violation[];
};

/** A rule about a state alone: what it finds after the change and not before was caused by it. */
export function stateRule({ violations, ...description }: StateRule): GateRule {
  return {
    ...description,
    judge: (judged) => {
      const after = violations(judged.after, judged);
      // Most rules find nothing, and then what was before does not matter.
      if (after.length === 0) return { caused: [], existing: [] };
      const before = new Set(violations(judged.before, judged).map(nameOf));
      return {
        caused: after.filter((one) => !before.has(nameOf(one))),
        existing: after.filter((one) => before.has(nameOf(one))),
      };
    },
  };
}

const nameOf = ({ fingerprint }: Violation): string => JSON.stringify(fingerprint);
